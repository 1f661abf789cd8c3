import { coloursAt, contrast, errorColours, errorShare, type Theme } from './error-colour.js';

const rgb = (colour: string): readonly [number, number, number] =>
  colour.match(/\d+/g)!.map(Number) as unknown as readonly [number, number, number];

const SHARES = Array.from({ length: 401 }, (_, at) => at / 400);

describe('colours of errors', () => {
  test('stand at the logarithm of the error', () => {
    expect(errorShare(1e-8)).toBe(0);
    expect(errorShare(1e-4)).toBeCloseTo(0.5, 12);
    expect(errorShare(1)).toBe(1);
    expect([0, 1e-12, 5, Infinity, NaN].map(errorShare)).toEqual([0, 0, 1, 1, 1]);
  });

  test('contrast is that of WCAG', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 10);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.478, 3);
  });

  describe.each<Theme>(['light', 'dark'])('in %s', (theme) => {
    test('text reads on every one of them', () => {
      const poorest = SHARES.map((share) => {
        const { background, ink } = coloursAt(share, theme);
        return contrast(rgb(background), rgb(ink));
      });
      expect(Math.min(...poorest)).toBeGreaterThanOrEqual(4.5);
    });

    test('lightness alone tells the order', () => {
      const black = [0, 0, 0] as const;
      // Steps of a fortieth: between nearer ones, rounding to bytes is larger.
      const light = SHARES.filter((_, at) => at % 10 === 0).map((share) =>
        contrast(rgb(coloursAt(share, theme).background), black),
      );
      const ordered = [...light].sort((a, b) => (theme === 'light' ? b - a : a - b));
      expect(light).toEqual(ordered);
      expect(new Set(light).size).toBe(light.length);
    });

    test('what is not finite looks like the largest error', () => {
      expect(errorColours(NaN, theme)).toEqual(errorColours(1, theme));
    });
  });
});
