import { decode } from 'fast-png';
import { flatPicture } from '../pictures/picture.js';
import { pageToSvg, vectorsToSvg } from './page-to-svg.js';
import type { Page } from './page.js';

const page: Page = {
  width: 20,
  height: 10,
  description: 'a < b & "c"',
  marks: [
    { kind: 'text', x: 1.23456, y: 9, text: '<script>\u0000 & co', size: 11, bold: true },
    { kind: 'text', x: 1, y: 2, text: 'b', size: 9, anchor: 'end', colour: '#666' },
    { kind: 'line', points: [0, 1, 2, 3.5], colour: '#bbb' },
    { kind: 'box', x: 4, y: 5, width: 3, height: 2, border: '#bbb' },
    { kind: 'box', x: 4, y: 5, width: 3, height: 2, fill: '#eee' },
    { kind: 'raster', x: 4, y: 5, picture: flatPicture(3, 2, [1, 2, 3]) },
  ],
};

describe('pageToSvg', () => {
  it('is a document of its own', () => {
    const lines = pageToSvg(page, 'DejaVu Sans').split('\n');
    const raster = lines.find((line) => line.startsWith('<image'))!;
    expect(lines.filter((line) => line !== raster)).toEqual([
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10" font-family="DejaVu Sans, sans-serif">',
      '<title>a &lt; b &amp; &quot;c&quot;</title>',
      '<rect width="20" height="10" fill="#fff"/>',
      '<text x="1.23" y="9" font-size="11" fill="#333" font-weight="bold">&lt;script&gt; &amp; co</text>',
      '<text x="1" y="2" font-size="9" fill="#666" text-anchor="end">b</text>',
      '<polyline points="0 1 2 3.5" fill="none" stroke="#bbb"/>',
      '<rect x="3.5" y="4.5" width="4" height="3" fill="none" stroke="#bbb"/>',
      '<rect x="4" y="5" width="3" height="2" fill="#eee"/>',
      '</svg>',
    ]);
    const [, base64] = /href="data:image\/png;base64,([^"]+)"/.exec(raster)!;
    const { width, height, data } = decode(Buffer.from(base64!, 'base64'));
    expect([width, height, ...data.slice(0, 3)]).toEqual([3, 2, 1, 2, 3]);
  });
});

describe('vectorsToSvg', () => {
  it('leaves rasters out and enlarges', () => {
    const svg = vectorsToSvg(page, 'DejaVu Sans', 2);
    expect(svg).not.toContain('<image');
    expect(svg).toContain('width="40" height="20" viewBox="0 0 20 10"');
  });
});
