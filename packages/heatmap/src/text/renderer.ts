import { messageOf, PatternLensError } from '@patternlens/core';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Picture } from '../pictures/picture.js';
import { readFontMetrics, type FontMetrics } from './font-metrics.js';

/** Draws text and lines, the same pixels in Node and in a page: it brings its own fonts and uses none of the machine's. */
export interface PictureRenderer {
  /** The font family that SVG files ask for. */
  readonly family: string;
  /** The width of a line of text in pixels at a font size in pixels, kerning aside. */
  readonly textWidth: (text: string, size: number, bold?: boolean) => number;
  /** The pixels of an SVG document.
   * @throws PatternLensError `invalid-argument` for one that is not well formed. */
  readonly draw: (svg: string) => Picture;
}

/** Fonts as bytes of .ttf or .otf files. Characters that neither face has come from `others`. */
export interface RendererFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  readonly others?: readonly Uint8Array[] | undefined;
}

export interface RendererParts {
  /** `index_bg.wasm` of `@resvg/resvg-wasm`. */
  readonly wasm: Uint8Array;
  readonly fonts: RendererFonts;
}

/** Ems for a character that no font has: the box that stands for it. */
const MISSING_WIDTH = 0.6;

/** A renderer from the bytes of its parts, so that it needs neither files nor network.
 * @throws PatternLensError `invalid-file` for parts that are not what they should be. */
export async function createRenderer({ wasm, fonts }: RendererParts): Promise<PictureRenderer> {
  const others = fonts.others ?? [];
  const [regular, bold, ...rest] = [fonts.regular, fonts.bold, ...others].map(readFontMetrics);
  await startWasm(wasm);
  const plain = widthsIn([regular!, ...rest]);
  const heavy = widthsIn([bold!, regular!, ...rest]);
  const font = {
    fontBuffers: [fonts.regular, fonts.bold, ...others],
    defaultFontFamily: regular!.family,
  };
  return {
    family: regular!.family,
    textWidth: (text, size, isBold = false) => {
      const widthOf = isBold ? heavy : plain;
      let ems = 0;
      for (const character of text) ems += widthOf(character.codePointAt(0)!);
      return ems * size;
    },
    draw: (svg) => drawSvg(svg, font),
  };
}

/** The width of a character in the first face that has it. Looked up once: laying out a page asks for thousands. */
function widthsIn(faces: readonly FontMetrics[]): (codePoint: number) => number {
  const known = new Map<number, number>();
  return (codePoint) => {
    const found = known.get(codePoint);
    if (found !== undefined) return found;
    const widths = faces.map(({ advance }) => advance(codePoint));
    const width = widths.find((candidate) => candidate !== undefined) ?? MISSING_WIDTH;
    known.set(codePoint, width);
    return width;
  };
}

function drawSvg(
  svg: string,
  font: { readonly fontBuffers: Uint8Array[]; readonly defaultFontFamily: string },
): Picture {
  try {
    const document = new Resvg(svg, { font });
    try {
      const image = document.render();
      const { width, height } = image;
      const data = new Uint8ClampedArray(image.pixels);
      image.free();
      return { width, height, data };
    } finally {
      document.free();
    }
  } catch (error) {
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `page: expected well-formed SVG, got: ${messageOf(error)}. Look for characters that XML does not allow.`,
      {},
      error,
    );
  }
}

/** The library's module may be started once a process; every renderer waits for the same start. */
let started: Promise<void> | undefined;

async function startWasm(wasm: Uint8Array): Promise<void> {
  if (String.fromCharCode(...wasm.subarray(0, 4)) !== '\0asm') {
    const page = wasm[0] === '<'.charCodeAt(0);
    throw new PatternLensError(
      'heatmap',
      'invalid-file',
      `wasm: expected a WebAssembly module, got ${page ? 'a web page' : `${wasm.length} bytes of something else`}. Give the bytes of index_bg.wasm of @resvg/resvg-wasm${page ? '; the server sent a page in its place' : ''}.`,
    );
  }
  started ??= initWasm(wasm as Uint8Array<ArrayBuffer>).catch((error: unknown) => {
    // Whoever else uses the library in this process may have started it already: that is as good.
    if (messageOf(error).includes('Already initialized')) return;
    started = undefined;
    throw new PatternLensError(
      'heatmap',
      'invalid-file',
      `wasm: expected the module of @resvg/resvg-wasm, got one that does not start (${messageOf(error)}). Give index_bg.wasm of the installed version.`,
      {},
      error,
    );
  });
  await started;
}
