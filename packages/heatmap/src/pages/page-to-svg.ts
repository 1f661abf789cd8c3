import { encodePng } from '../pictures/png.js';
import { cleanText } from '../text/clean-text.js';
import { base64 } from './base64.js';
import { INK, type Mark, type Page } from './page.js';

/** The page as an SVG document of its own: text as text, rasters as PNG inside it.
 * @param family the font to ask for, as in `renderer.family`; any other sans serif stands in where it is missing. */
export function pageToSvg(page: Page, family: string): string {
  const rasters = page.marks.filter(({ kind }) => kind === 'raster');
  return svgOf(page, family, [...rasters, ...vectorsOf(page)], 1);
}

/** The page without its rasters, enlarged: what a renderer draws. */
export const vectorsToSvg = (page: Page, family: string, zoom: number): string =>
  svgOf(page, family, vectorsOf(page), zoom);

const vectorsOf = ({ marks }: Page): readonly Mark[] =>
  marks.filter(({ kind }) => kind !== 'raster');

function svgOf(page: Page, family: string, marks: readonly Mark[], zoom: number): string {
  const { width, height } = page;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * zoom}" height="${height * zoom}" viewBox="0 0 ${width} ${height}" font-family="${xmlText(family)}, sans-serif">`,
    `<title>${xmlText(page.description)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...marks.map(svgMark),
    '</svg>',
  ].join('\n');
}

function svgMark(mark: Mark): string {
  switch (mark.kind) {
    case 'text': {
      const { x, y, size, text, bold = false, colour = INK.normal, anchor = 'start', turn } = mark;
      return `<text x="${short(x)}" y="${short(y)}" font-size="${size}" fill="${colour}"${bold ? ' font-weight="bold"' : ''}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${turn === undefined ? '' : ` transform="rotate(${turn} ${short(x)} ${short(y)})"`}>${xmlText(text)}</text>`;
    }
    case 'box': {
      const { x, y, width, height, fill = 'none', border } = mark;
      const stroke = border === undefined ? '' : ` stroke="${border}"`;
      const out = border === undefined ? 0 : 0.5;
      return `<rect x="${x - out}" y="${y - out}" width="${width + 2 * out}" height="${height + 2 * out}" fill="${fill}"${stroke}/>`;
    }
    case 'line': {
      const { points, colour, width, dash } = mark;
      return `<polyline points="${points.map(short).join(' ')}" fill="none" stroke="${colour}"${width === undefined ? '' : ` stroke-width="${width}" stroke-linejoin="round"`}${dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''}/>`;
    }
    case 'polygon': {
      const { points, fill, opacity } = mark;
      return `<polygon points="${points.map(short).join(' ')}" fill="${fill}"${opacity === undefined ? '' : ` fill-opacity="${opacity}"`}/>`;
    }
    case 'raster': {
      const { x, y, picture } = mark;
      return `<image x="${x}" y="${y}" width="${picture.width}" height="${picture.height}" style="image-rendering:pixelated" href="data:image/png;base64,${base64(encodePng(picture))}"/>`;
    }
  }
}

/** Two decimals are finer than any pixel. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const xmlText = (text: string): string =>
  cleanText(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
