import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createRenderer, type PictureRenderer } from './text/renderer.js';

let ready: Promise<PictureRenderer> | undefined;

/** The renderer of Node programs, with the WebAssembly module and the DejaVu Sans fonts from this package's dependencies.
 * Made once a process, then the same one. */
export function nodeRenderer(): Promise<PictureRenderer> {
  ready ??= load().catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function load(): Promise<PictureRenderer> {
  const { resolve } = createRequire(import.meta.url);
  const [wasm, regular, bold] = await Promise.all(
    [
      '@resvg/resvg-wasm/index_bg.wasm',
      'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
      'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
    ].map((file) => readFile(resolve(file))),
  );
  return createRenderer({ wasm: wasm!, fonts: { regular: regular!, bold: bold! } });
}
