import fc from 'fast-check';
import { shorten, wrapText } from './fit-text.js';

/** Every character is one wide. */
const measure = (text: string): number => Array.from(text).length;

describe('wrapText', () => {
  it.each([
    ['tabby cat', 20, ['tabby cat']],
    ['tabby cat', 8, ['tabby', 'cat']],
    ['soft-coated wheaten terrier', 12, ['soft-coated', 'wheaten', 'terrier']],
    ['soft-coated', 6, ['soft-', 'coated']],
    ['bald_eagle/kite', 6, ['bald_', 'eagle/', 'kite']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['ab cdefgh', 3, ['ab', 'cde', 'fgh']],
    ['a b', 1, ['a', 'b']],
    ['', 5, []],
    ['  ', 5, []],
    ['start:\u00a0value next', 12, ['start:\u00a0value', 'next']],
    ['ab', 0, ['a', 'b']],
  ])('%j in %d: %j', (text, width, lines) => {
    expect(wrapText(text, width, measure)).toEqual(lines);
  });

  it('ends in an ellipsis where lines run out', () => {
    expect(wrapText('one two three four', 5, measure, 2)).toEqual(['one', 'two…']);
    expect(wrapText('one two three four', 9, measure, 2)).toEqual(['one two', 'three fo…']);
    expect(wrapText('one two', 5, measure, 2)).toEqual(['one', 'two']);
  });

  it('never exceeds width or lines, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 12 }), (text, width) => {
        const lines = wrapText(text, width, measure);
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
        const joined = lines.join('').replaceAll(' ', '');
        expect(joined.length).toBeLessThanOrEqual(text.length);
        const short = wrapText(text, width, measure, 2);
        expect(short.length).toBeLessThanOrEqual(2);
        for (const line of short) expect(measure(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('shorten', () => {
  it.each([
    ['tabby cat', 9, 'tabby cat'],
    ['tabby cat', 8, 'tabby c…'],
    ['tabby cat', 7, 'tabby…'],
    ['🐱🐱🐱', 2, '🐱…'],
  ])('%j to %d: %j', (text, width, short) => {
    expect(shorten(text, width, measure)).toBe(short);
  });

  it('keeps the hyphens of an option with it', () => {
    const measure = (text: string): number => text.length;
    expect(wrapText('see --preprocess', 12, measure)).toEqual(['see', '--preprocess']);
    expect(wrapText('well-known', 6, measure)).toEqual(['well-', 'known']);
  });
});
