import { place, row, space, stack, type Block } from './block.js';

const box = (width: number, height: number): Block => ({
  width,
  height,
  marks: [{ kind: 'box', x: 0, y: 0, width, height }],
});

describe('blocks', () => {
  it('stack from top to bottom, with gaps only between what has height', () => {
    const { width, height, marks } = stack([box(3, 5), space(0, 0), box(7, 2)], 4);
    expect([width, height]).toEqual([7, 11]);
    expect(marks.map((mark) => mark.kind === 'box' && mark.y)).toEqual([0, 9]);
    expect(stack([], 4)).toEqual(space(0, 0));
  });

  it('stand in a row from left to right', () => {
    const { width, height, marks } = row([box(3, 5), box(7, 2)], 4);
    expect([width, height]).toEqual([14, 5]);
    expect(marks.map((mark) => mark.kind === 'box' && mark.x)).toEqual([0, 7]);
  });

  it('move with all their marks, by whole pixels', () => {
    const line: Block = {
      width: 2,
      height: 2,
      marks: [
        { kind: 'line', points: [0, 1, 2, 3], colour: '#000' },
        { kind: 'text', x: 0.25, y: 1, text: 'a', size: 9 },
      ],
    };
    expect(place(line, 10.4, 19.6)).toEqual([
      { kind: 'line', points: [10, 21, 12, 23], colour: '#000' },
      { kind: 'text', x: 10.25, y: 21, text: 'a', size: 9 },
    ]);
  });
});
