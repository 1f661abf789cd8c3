import { colourIndex, createColourMap, NEUTRAL_INDEX, zeroColour } from './colour-map.js';

describe('colourIndex', () => {
  it.each([
    [-1, 0],
    [-0.5, 64],
    [-0, 128],
    [0, 128],
    [0.5, 191],
    [1, 255],
  ])('of %d on a diverging map is %d', (share, index) => {
    expect(colourIndex(share, 'diverging')).toBe(index);
  });

  it.each([
    [-0.3, 0],
    [0, 0],
    [0.5, 128],
    [1, 255],
  ])('of %d on a sequential map is %d', (share, index) => {
    expect(colourIndex(share, 'sequential')).toBe(index);
  });
});

describe('createColourMap', () => {
  it('puts the middle stop exactly where zero falls', () => {
    const map = createColourMap('test', 'diverging', [
      [0, 0, 0, 0],
      [0.5, 11, 22, 33],
      [1, 255, 255, 255],
    ]);
    expect([...map.table.slice(NEUTRAL_INDEX * 3, NEUTRAL_INDEX * 3 + 3)]).toEqual([11, 22, 33]);
    expect(zeroColour(map)).toEqual([11, 22, 33]);
  });

  it('is linear between stops', () => {
    const { table } = createColourMap('test', 'sequential', [
      [0, 0, 255, 100],
      [1, 255, 0, 100],
    ]);
    const entries = [0, 1, 128, 255].map((index) => [...table.slice(index * 3, index * 3 + 3)]);
    expect(entries).toEqual([
      [0, 255, 100],
      [1, 254, 100],
      [128, 127, 100],
      [255, 0, 100],
    ]);
  });

  it.each([
    ['diverging', [0, 1]],
    ['sequential', [0, 0.5]],
    ['sequential', [0.1, 1]],
    ['sequential', [0, 0.5, 0.5, 1]],
    ['sequential', []],
  ] as const)('refuses %s stops at %j', (kind, positions) => {
    const stops = positions.map((position) => [position, 0, 0, 0] as const);
    expect(() => createColourMap('test', kind, stops)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as Error,
    );
  });
});
