import { createHash } from 'node:crypto';
import { colourIndex, zeroColour, type ColourMap } from './colour-map.js';
import { COLOUR_MAPS, colourMapNamed, type ColourMapId } from './colour-maps.js';

const ids = Object.keys(COLOUR_MAPS) as ColourMapId[];
const entry = ({ table }: ColourMap, index: number): number[] => [
  ...table.slice(index * 3, index * 3 + 3),
];

const hashes: Readonly<Record<ColourMapId, string>> = {
  bwr: '48de705e0d97f27e',
  seismic: '61373ec4d5ebd019',
  'seismic-zennit': 'c8ca839f2c40c65d',
  coldnhot: '7a5c2d7050c7ee6e',
  RdBu: 'e3332b11e4bf2f1a',
  PuOr: '9552c99105f9fdb0',
  hot: 'c50f9920dc226cbf',
  gray: '72432263dbfe17ab',
  cividis: 'ac1593c8c04c54be',
  viridis: 'b006f9b801d0c0a6',
};

describe('COLOUR_MAPS', () => {
  it.each(ids)('%s keeps its bytes', (id) => {
    const { table } = COLOUR_MAPS[id];
    expect(table).toHaveLength(768);
    expect(createHash('sha256').update(table).digest('hex').slice(0, 16)).toBe(hashes[id]);
  });

  it.each([
    ['bwr', [255, 255, 255]],
    ['seismic', [255, 255, 255]],
    ['seismic-zennit', [208, 208, 208]],
    ['coldnhot', [0, 0, 0]],
    ['RdBu', [247, 247, 247]],
    ['PuOr', [247, 247, 247]],
  ] as const)('%s has zero exactly on %j', (id, neutral) => {
    expect(COLOUR_MAPS[id].kind).toBe('diverging');
    expect(zeroColour(COLOUR_MAPS[id])).toEqual(neutral);
    expect(entry(COLOUR_MAPS[id], 128)).toEqual(neutral);
  });

  it.each([
    ['bwr', [0, 0, 255], [255, 0, 0]],
    ['seismic', [0, 0, 76], [128, 0, 0]],
    ['seismic-zennit', [0, 0, 208], [208, 0, 0]],
    ['coldnhot', [0, 255, 255], [255, 255, 255]],
    ['RdBu', [5, 48, 97], [103, 0, 31]],
    ['PuOr', [45, 0, 75], [127, 59, 8]],
    ['hot', [0, 0, 0], [255, 255, 255]],
    ['gray', [0, 0, 0], [255, 255, 255]],
    ['cividis', [0, 34, 78], [254, 232, 56]],
    ['viridis', [68, 1, 84], [253, 231, 37]],
  ] as const)('%s runs from %j to %j', (id, low, high) => {
    expect(entry(COLOUR_MAPS[id], 0)).toEqual(low);
    expect(entry(COLOUR_MAPS[id], 255)).toEqual(high);
  });

  it('passes its inner stops', () => {
    expect(entry(COLOUR_MAPS.seismic, 64)).toEqual([0, 0, 255]);
    expect(entry(COLOUR_MAPS.coldnhot, 64)).toEqual([0, 0, 255]);
    expect(entry(COLOUR_MAPS.hot, 85)).toEqual([255, 0, 0]);
    expect(entry(COLOUR_MAPS.hot, 170)).toEqual([255, 255, 0]);
    expect(entry(COLOUR_MAPS.gray, 100)).toEqual([100, 100, 100]);
    expect(entry(COLOUR_MAPS.viridis, 51)).toEqual(
      [0, 1, 2].map((at) => Math.round([71, 44, 122][at]! * 0.4 + [59, 81, 139][at]! * 0.6)),
    );
  });

  it.each(ids.filter((id) => COLOUR_MAPS[id].kind === 'diverging'))(
    '%s is warm where positive: more red than blue, and the reverse',
    (id) => {
      const map = COLOUR_MAPS[id];
      for (const share of [0.3, 0.7]) {
        const [red, , blue] = entry(map, colourIndex(share, map.kind));
        const [coldRed, , coldBlue] = entry(map, colourIndex(-share, map.kind));
        expect(red! - blue!).toBeGreaterThan(0);
        expect(coldBlue! - coldRed!).toBeGreaterThan(0);
      }
    },
  );
});

describe('colourMapNamed', () => {
  it('finds a map', () => {
    expect(colourMapNamed('bwr')).toBe(COLOUR_MAPS.bwr);
  });

  it('suggests the nearest name', () => {
    expect(() => colourMapNamed('virids')).toThrow('Did you mean "viridis"?');
    expect(() => colourMapNamed('constructor')).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as Error,
    );
  });
});
