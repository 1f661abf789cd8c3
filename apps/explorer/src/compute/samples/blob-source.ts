import type { ByteSource } from '@patternlens/core';

/** A file that is read piece by piece. */
export const blobSource = (content: Blob): ByteSource => ({
  size: content.size,
  read: async (offset, length) =>
    new Uint8Array(await content.slice(offset, offset + length).arrayBuffer()),
});
