import { messageOf, PatternLensError } from '@patternlens/core';
import { createRenderer, type PictureRenderer } from './text/renderer.js';

let ready: Promise<PictureRenderer> | undefined;

/** Files of this package's dependencies, as bundlers find and copy them: each address is written out for them. */
const FILES = () => [
  new URL('@resvg/resvg-wasm/index_bg.wasm', import.meta.url),
  new URL('dejavu-fonts-ttf/ttf/DejaVuSans.ttf', import.meta.url),
  new URL('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf', import.meta.url),
];

/** The renderer of pages that a bundler made, with the WebAssembly module and the DejaVu Sans fonts from this package's dependencies. Made once a page, then the same one.
 * @throws PatternLensError `invalid-file` where they are not where the bundler put them. */
export function pageRenderer(): Promise<PictureRenderer> {
  ready ??= load().catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function bytesAt(address: URL): Promise<Uint8Array> {
  const fail = (what: string): never => {
    throw new PatternLensError(
      'heatmap',
      'invalid-file',
      `"${address.href}": a part of the renderer could not be loaded (${what}). Serve it there, or make a renderer from its bytes: createRenderer({ wasm, fonts }).`,
      { file: address.href },
    );
  };
  const response = await fetch(address).catch((cause: unknown) => fail(messageOf(cause)));
  if (!response.ok) return fail(`the server says ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function load(): Promise<PictureRenderer> {
  const [wasm, regular, bold] = await Promise.all(FILES().map(bytesAt));
  return createRenderer({ wasm: wasm!, fonts: { regular: regular!, bold: bold! } });
}
