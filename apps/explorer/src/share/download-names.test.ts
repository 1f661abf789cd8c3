import {
  arrayName,
  explainerName,
  numbersName,
  patternsName,
  pictureName,
} from './download-names.js';

const generated = { set: { stem: 'generated', single: false }, index: 3 };
const photo = { set: { stem: 'my cat: 1', single: true }, index: 0 };

test('files are named as the command names them, cleaned of what file systems refuse', () => {
  expect([
    pictureName(generated, 'gradient', 'png'),
    pictureName(photo, 'gradient-2', 'svg'),
    pictureName(photo, 'gradient', 'png', 'left/eye'),
    arrayName(photo, 'gradient'),
    numbersName(generated),
    explainerName('<b>net</b>', 'gradient'),
    patternsName('default'),
  ]).toEqual([
    'generated.00003.gradient.png',
    'my_cat_1.gradient-2.svg',
    'my_cat_1.gradient.left_eye.png',
    'my_cat_1.00000.gradient.npy',
    'generated.00003.json',
    '_b_net_b_.gradient.onnx',
    'default.patterns.safetensors',
  ]);
});
