import {
  preprocessingHash,
  presetPreprocessing,
  PREPROCESSING_PRESET_IDS,
  type Preprocessing,
} from '@patternlens/data';
import { fieldsOf, readFields } from './preprocessing-fields.js';
import { readFraction, readFractions } from './read-fraction.js';

describe('fractions', () => {
  it.each([
    ['1/255', 1 / 255],
    [' 0.5 ', 0.5],
    ['1e-3', 1e-3],
    ['.5/2', 0.25],
    ['-1', -1],
  ])('%s is %s', (text, value) => {
    expect(readFraction(text)).toBe(value);
  });

  it.each(['', 'a', '1/0', '1//2', '1/2/3', '0x10'])('"%s" is no number', (text) => {
    expect(readFraction(text)).toBe(undefined);
  });

  it('reads lists', () => {
    expect(readFractions('0.485, 0.456 0.406')).toEqual([0.485, 0.456, 0.406]);
    expect(readFractions('1 / 2; 3/4')).toEqual([0.5, 0.75]);
    expect(readFractions('1, x')).toBe(undefined);
  });
});

describe('the form of a preprocessing', () => {
  it.each(PREPROCESSING_PRESET_IDS)('gives back the preset %s, with its hash', (id) => {
    const values: Preprocessing = presetPreprocessing(id, [224, 192]);
    const read = readFields(fieldsOf(values));
    expect(read.values && preprocessingHash(read.values)).toBe(preprocessingHash(values));
  });

  it.each([
    [{ scale: 'x' }, /^Scale takes a number above 0/],
    [{ scale: '0' }, /^Scale takes a number above 0/],
    [{ resize: '0' }, /^Resize takes pixels/],
    [{ crop: '2.5' }, /^Crop takes pixels/],
    [{ mean: '1, 2' }, /^Mean takes 1 or 3 numbers/],
    [{ std: '1, 0, 1' }, /^Std takes numbers above 0/],
  ])('%j is told', (changed, sentence) => {
    expect(readFields({ ...fieldsOf({}), ...changed }).wrong).toMatch(sentence);
  });
});
