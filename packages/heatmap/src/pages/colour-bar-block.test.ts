import { lookOf } from '../looks/look.js';
import type { Picture } from '../pictures/picture.js';
import type { Block } from './block.js';
import { colourBarBlock } from './colour-bar-block.js';

const labels = { low: '−2', high: '+2' };

const rasterOf = ({ marks }: Block): Picture => {
  const raster = marks.find((mark) => mark.kind === 'raster');
  return (raster as { picture: Picture }).picture;
};
const colourAt = ({ data }: Picture, x: number): number[] => [...data.slice(x * 4, x * 4 + 3)];
const textsOf = ({ marks }: Block): string[] =>
  marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));

describe('colourBarBlock', () => {
  it('runs over the whole map with zero in the middle', () => {
    const bar = colourBarBlock('heat', lookOf({}), 101, labels);
    const picture = rasterOf(bar);
    expect([0, 50, 100].map((x) => colourAt(picture, x))).toEqual([
      [0, 0, 255],
      [255, 255, 255],
      [255, 0, 0],
    ]);
    expect(textsOf(bar)).toEqual(['−2', '0', '+2']);
  });

  it('runs from zero for magnitudes', () => {
    const bar = colourBarBlock('heat', lookOf({ reduction: 'l2' }), 101, labels);
    expect(colourAt(rasterOf(bar), 0)).toEqual([68, 1, 84]);
    expect(textsOf(bar)).toEqual(['0', '+2']);
  });

  it('is black, mid-grey and white for signals', () => {
    const picture = rasterOf(colourBarBlock('signal', lookOf({ reduction: 'l2' }), 101, labels));
    expect([0, 50, 100].map((x) => colourAt(picture, x)[0])).toEqual([0, 128, 255]);
  });

  it('bends with gamma', () => {
    const picture = rasterOf(colourBarBlock('heat', lookOf({ gamma: 0.5 }), 101, labels));
    // A quarter of the limit is drawn as a half.
    expect(colourAt(picture, 62)[1]).toBeLessThan(135);
  });
});
