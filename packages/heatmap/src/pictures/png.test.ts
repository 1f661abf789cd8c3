import { decode } from 'fast-png';
import { encodePng, recipeOfPng } from './png.js';
import { createPicture } from './picture.js';

const picture = createPicture(3, 2, (data, offset, at) => {
  data.set([at, at * 40, 255 - at], offset);
});

describe('encodePng', () => {
  it('keeps every pixel', () => {
    const { width, height, channels, depth, data } = decode(encodePng(picture));
    expect({ width, height, channels, depth }).toEqual({
      width: 3,
      height: 2,
      channels: 3,
      depth: 8,
    });
    expect([...data]).toEqual([0, 1, 2, 3, 4, 5].flatMap((at) => [at, at * 40, 255 - at]));
  });

  it('carries a recipe in a text chunk of printable ASCII', () => {
    const recipe = { name: 'LRP-α1β0 · 猫 \u007f\n"quoted"', values: [1.5, null], emoji: '🐈' };
    const png = encodePng(picture, recipe);
    expect(recipeOfPng(png)).toEqual(recipe);
    expect(decode(png).text['patternlens']).toMatch(/^[\x20-\x7e]+$/);
  });

  it('gives the same bytes twice', () => {
    expect(encodePng(picture, { a: 1 })).toEqual(encodePng(picture, { a: 1 }));
  });
});

describe('recipeOfPng', () => {
  it('finds nothing where there is nothing', () => {
    expect(recipeOfPng(encodePng(picture))).toBeUndefined();
  });

  it('refuses what is not a PNG', () => {
    expect(() => recipeOfPng(Uint8Array.of(1, 2, 3))).toThrow(
      expect.objectContaining({ code: 'invalid-file' }) as Error,
    );
  });
});
