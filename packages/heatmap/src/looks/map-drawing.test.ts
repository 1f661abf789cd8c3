import { tensor } from '@patternlens/core';
import { lookOf } from './look.js';
import { mapDrawing, scaleOfMaps, type ShownMap } from './map-drawing.js';

const colour: ShownMap = {
  relevance: tensor([1, -1, 0, 0.5, 0, 0], [3, 1, 2]),
  layout: 'channels-first',
  group: 'signal',
};
const pixels = (map: ShownMap, look = lookOf({ quantile: 100 })) => {
  const drawing = mapDrawing(map, look);
  const { data } = drawing.paint(drawing.width, drawing.height);
  return [...data].filter((_, at) => at % 4 !== 3);
};

describe('mapDrawing', () => {
  it.each([
    ['function', 'auto', 'signal'],
    ['signal', 'auto', 'signal'],
    ['attribution', 'auto', 'heat'],
    ['signal', 'heat', 'heat'],
    ['attribution', 'signal', 'signal'],
  ] as const)('shows the group %s, view %s, as %s', (group, view, kind) => {
    expect(mapDrawing({ ...colour, group }, lookOf({ view })).kind).toBe(kind);
  });

  it('falls back to a heat map where there are no colours to show', () => {
    const four = { ...colour, relevance: tensor([1, 0, 0, 0], [4, 1, 1]) };
    expect(mapDrawing(four, lookOf({})).kind).toBe('heat');
    const features = { ...colour, relevance: tensor([1, 0, 0], [3]) };
    expect(mapDrawing(features, lookOf({ view: 'signal' })).kind).toBe('heat');
  });

  it('scales signals by all channels, heat maps by what is drawn', () => {
    expect(scaleOfMaps([colour], lookOf({})).limit).toBe(1);
    const sums = { ...colour, group: 'attribution' as const };
    expect(scaleOfMaps([sums], lookOf({ quantile: 100 })).limit).toBe(1);
    expect(scaleOfMaps([sums], lookOf({ quantile: 50 })).limit).toBe(0.75);
  });

  it('paints colours with mid-grey for zero, and sums as heat', () => {
    expect(pixels(colour)).toEqual([255, 128, 128, 0, 191, 128]);
    expect(pixels({ ...colour, group: 'attribution' })).toEqual([255, 0, 0, 128, 128, 255]);
  });

  it("follows the input's order of colours", () => {
    const input = { values: colour.relevance, preprocessing: { channels: 'bgr' } as const };
    expect(pixels({ ...colour, input })).toEqual([128, 128, 255, 128, 191, 0]);
  });

  it('takes a scale from outside', () => {
    const shared = { limit: 2, quantile: 100, state: 'finite' } as const;
    const drawing = mapDrawing(colour, lookOf({}), shared);
    expect(drawing.scale).toBe(shared);
    expect(drawing.paint(2, 1).data[0]).toBe(191);
  });

  it('enlarges small maps in squares, large ones smoothly', () => {
    const [small, large] = [2, 64].map((width) => {
      const values = new Float64Array(width);
      values[0] = 1;
      const relevance = tensor(values, [1, 1, width]);
      const map: ShownMap = { relevance, layout: 'channels-first', group: 'attribution' };
      return mapDrawing(map, lookOf({ quantile: 100 })).paint(width * 4, 1);
    });
    const green = (data: Uint8ClampedArray, count: number): number[] =>
      Array.from({ length: count }, (_, at) => data[at * 4 + 1]!);
    expect(green(small!.data, 8)).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
    expect(new Set(green(large!.data, 8)).size).toBeGreaterThan(3);
  });

  it('does not lose a peak of a long signal', () => {
    const values = new Float64Array(1000);
    values[777] = -5;
    const map: ShownMap = {
      relevance: tensor(values, [1000]),
      layout: 'channels-first',
      group: 'attribution',
    };
    const { data } = mapDrawing(map, lookOf({})).paint(100, 1);
    expect([...data.slice(77 * 4, 77 * 4 + 3)]).toEqual([0, 0, 255]);
  });

  it('lays a heat map over the input', () => {
    const input = { values: tensor([1, 1, 1, 1, 1, 1], [3, 1, 2]) };
    const look = lookOf({ view: 'overlay', quantile: 100, strength: 1 });
    const drawing = mapDrawing({ ...colour, input }, look);
    expect(drawing.kind).toBe('overlay');
    expect([...drawing.paint(2, 1).data.slice(0, 3)]).toEqual([255, 0, 0]);
  });

  it('refuses an overlay over nothing', () => {
    expect(() => mapDrawing(colour, lookOf({ view: 'overlay' }))).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as Error,
    );
  });
});
