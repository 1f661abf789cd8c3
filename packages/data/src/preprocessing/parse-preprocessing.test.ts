import { checkPreprocessing, parsePreprocessing } from './parse-preprocessing.js';

test('a whole file is read as it stands', () => {
  const whole = {
    resize: 256,
    crop: [224, 200],
    resample: 'bicubic',
    channels: 'bgr',
    scale: 1 / 255,
    mean: [0.4, 0.5, 0.6],
    std: [0.2],
  };
  expect(parsePreprocessing(JSON.stringify(whole))).toEqual(whole);
  expect(parsePreprocessing('\uFEFF{}')).toEqual({});
  expect(checkPreprocessing({ resize: [300, 200], crop: 200 })).toEqual({
    resize: [300, 200],
    crop: 200,
  });
});

test.each([
  ['no JSON', '{ "crop": 227, }', 'expected a JSON file'],
  ['no object', '[256]', 'expected an object'],
  ['null', 'null', 'expected an object'],
  ['an unknown key', '{ "rezise": 256 }', 'Did you mean "resize"?'],
  ['a key of objects', '{ "constructor": 1 }', '"constructor"'],
  ['a key of prototypes', '{ "__proto__": 1 }', '"__proto__"'],
  ['text for a size', '{ "resize": "256" }', 'resize to be pixels'],
  ['a size of zero', '{ "crop": 0 }', 'crop to be pixels'],
  ['a broken size', '{ "crop": 1.5 }', 'got 1.5. Change crop, or leave it out.'],
  ['a size beyond any network', '{ "resize": 100000 }', '1 to 16384'],
  ['three sizes', '{ "resize": [1, 2, 3] }', '[height, width]'],
  ['an unknown order', '{ "channels": "BGR" }', 'Did you mean "bgr"?'],
  ['a list of orders', '{ "channels": ["rgb"] }', 'one of "rgb", "bgr", "gray"'],
  ['an unknown filter', '{ "resample": "bicubc" }', 'Did you mean "bicubic"?'],
  ['a negative scale', '{ "scale": -1 }', 'a number above 0'],
  ['a scale in words', '{ "scale": "1/255" }', 'a number above 0, got "1/255"'],
  ['an infinite scale', '{ "scale": 1e999 }', 'a number above 0'],
  ['one number for a list', '{ "mean": 128 }', 'a list of 1 or 3 numbers'],
  ['two means', '{ "mean": [1, 2] }', 'a list of 1 or 3 numbers'],
  ['no means', '{ "mean": [] }', 'a list of 1 or 3 numbers'],
  ['a mean that is none', '{ "mean": [1, 2, null] }', 'a list of 1 or 3 numbers'],
  ['a deviation of zero', '{ "std": [1, 0, 1] }', 'a list of 1 or 3 numbers above 0'],
  ['a crop beyond the image', '{ "resize": 224, "crop": 256 }', 'crop 256 of resize 224'],
  ['a crop higher than that', '{ "resize": [200, 300], "crop": [201, 300] }', 'crop [201,300]'],
])('%s is refused', (_, text, sentence) => {
  const refusal = expect.objectContaining({
    code: 'invalid-file',
    subject: { file: 'm.json' },
    message: expect.stringContaining(sentence) as string,
  }) as Error;
  expect(() => parsePreprocessing(text, 'm.json')).toThrow(refusal);
});
