import type { RendererParts } from '@patternlens/heatmap';

/** The renderer's parts in the page's folder: about 1.7 MB to load, at the first picture. */
export const PICTURE_PARTS = {
  wasm: 'runtimes/pictures/resvg.wasm',
  regular: 'runtimes/pictures/DejaVuSans.ttf',
  bold: 'runtimes/pictures/DejaVuSans-Bold.ttf',
} as const;

async function bytesAt(address: string): Promise<Uint8Array> {
  const response = await fetch(address).catch((cause: unknown) => {
    throw new Error(
      `Pictures need ${new URL(address).pathname.split('/').at(-1)!}, which could not be loaded. Connect once, then try again.`,
      { cause },
    );
  });
  if (!response.ok) throw new Error(`${address}: the server answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Loads what draws text and lines: the command's renderer and fonts.
 * @throws where the server does not have them. */
export async function loadPictureParts(address: (path: string) => string): Promise<RendererParts> {
  const [wasm, regular, bold] = await Promise.all(
    [PICTURE_PARTS.wasm, PICTURE_PARTS.regular, PICTURE_PARTS.bold].map((path) =>
      bytesAt(address(path)),
    ),
  );
  return { wasm: wasm!, fonts: { regular: regular!, bold: bold! } };
}
