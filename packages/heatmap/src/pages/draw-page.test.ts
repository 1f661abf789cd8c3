import { nodeRenderer } from '../node.js';
import { createPicture } from '../pictures/picture.js';
import { drawPage } from './draw-page.js';
import type { Page } from './page.js';

const picture = createPicture(3, 2, (data, offset, at) => {
  data.set([at * 10, 1, 2], offset);
});

const page: Page = {
  width: 12,
  height: 8,
  description: 'a < b',
  marks: [
    { kind: 'raster', x: 4, y: 3, picture },
    { kind: 'box', x: 4, y: 3, width: 3, height: 2, border: '#ff0000' },
  ],
};

const pixel = ({ data, width }: ReturnType<typeof drawPage>, x: number, y: number): number[] => [
  ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('drawPage', () => {
  it('puts rasters into place unchanged, borders just outside, white around', async () => {
    const drawn = drawPage(page, await nodeRenderer());
    expect([drawn.width, drawn.height]).toEqual([12, 8]);
    expect(pixel(drawn, 4, 3)).toEqual([0, 1, 2, 255]);
    expect(pixel(drawn, 6, 4)).toEqual([50, 1, 2, 255]);
    for (const [x, y] of [
      [3, 3],
      [7, 4],
      [5, 2],
      [5, 5],
    ] as const) {
      expect(pixel(drawn, x, y)).toEqual([255, 0, 0, 255]);
    }
    expect(pixel(drawn, 0, 0)).toEqual([255, 255, 255, 255]);
    expect(pixel(drawn, 8, 3)).toEqual([255, 255, 255, 255]);
  });

  it('makes squares of raster pixels when zoomed', async () => {
    const drawn = drawPage(page, await nodeRenderer(), 3);
    expect([drawn.width, drawn.height]).toEqual([36, 24]);
    for (const x of [18, 19, 20]) expect(pixel(drawn, x, 12)).toEqual([50, 1, 2, 255]);
  });

  it.each([0, 1.5, 9, NaN])('refuses the zoom %d', async (zoom) => {
    const renderer = await nodeRenderer();
    expect(() => drawPage(page, renderer, zoom)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as Error,
    );
  });

  it('refuses a page that no machine draws', async () => {
    const renderer = await nodeRenderer();
    expect(() => drawPage({ ...page, width: 10_000, height: 10_000 }, renderer)).toThrow(
      expect.objectContaining({ code: 'invalid-shape' }) as Error,
    );
  });
});
