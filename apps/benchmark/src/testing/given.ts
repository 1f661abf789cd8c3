import type { GivenFile } from '../browser/given-file.js';

/** A file as a page gives it. */
export const given = (name: string, content: Uint8Array | string): GivenFile => ({
  name,
  arrayBuffer: () =>
    Promise.resolve(
      Uint8Array.from(typeof content === 'string' ? Buffer.from(content) : content).buffer,
    ),
});
