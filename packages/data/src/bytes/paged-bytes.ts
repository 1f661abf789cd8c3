import type { ByteSource } from '@patternlens/core';

const PAGE = 2 ** 20;

/** Bytes that arrive piece by piece and are then read anywhere. Pages are taken as bytes arrive, so that memory follows
 * what is there, not what a file says of itself, and joining the pieces never needs it twice. */
export interface PagedBytes extends ByteSource {
  readonly append: (bytes: Uint8Array) => void;
}

/** An empty store of bytes. */
export function pagedBytes(): PagedBytes {
  const pages: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    append: (bytes) => {
      for (let from = 0; from < bytes.length;) {
        const at = size % PAGE;
        if (at === 0) pages.push(new Uint8Array(PAGE));
        const part = bytes.subarray(from, from + PAGE - at);
        pages.at(-1)!.set(part, at);
        from += part.length;
        size += part.length;
      }
    },
    read: (offset, length) => {
      const first = Math.floor(offset / PAGE);
      const at = offset - first * PAGE;
      if (at + length <= PAGE)
        return Promise.resolve(pages[first]?.subarray(at, at + length) ?? new Uint8Array(0));
      const joined = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const start = (offset + done) % PAGE;
        const page = pages[Math.floor((offset + done) / PAGE)]!;
        const part = page.subarray(start, start + length - done);
        joined.set(part, done);
        done += part.length;
      }
      return Promise.resolve(joined);
    },
  };
}
