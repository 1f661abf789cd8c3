import { linePlotBlock } from './line-plot-block.js';

const linesOf = (values: readonly number[]): (readonly number[])[] =>
  linePlotBlock(Float64Array.from(values), { width: 40, height: 32 }).marks.flatMap((mark) =>
    mark.kind === 'line' ? [mark.points] : [],
  );

describe('linePlotBlock', () => {
  it('puts points over the middles of their columns, from the lowest to the highest', () => {
    expect(linesOf([1, 3, 2, 1])).toEqual([[5, 26, 15, 6, 25, 16, 35, 26]]);
  });

  it('draws zero where the signal crosses it', () => {
    expect(linesOf([-1, 1])).toEqual([
      [0, 16, 40, 16],
      [10, 26, 30, 6],
    ]);
  });

  it('leaves out what is not finite', () => {
    expect(linesOf([1, NaN, Infinity, 3])).toEqual([[5, 26, 35, 6]]);
  });

  it('is level in the middle where nothing changes', () => {
    expect(linesOf([7, 7])).toEqual([[10, 16, 30, 16]]);
  });
});
