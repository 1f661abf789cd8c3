/** The part of the standard DecompressionStream that is used here: browsers and Node have it, the compiler's own library
 * describes it only together with the whole document object model. */
interface Decompressor {
  readonly readable: {
    readonly getReader: () => {
      readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
      readonly cancel: (reason?: unknown) => Promise<void>;
    };
  };
  readonly writable: {
    readonly getWriter: () => {
      readonly write: (bytes: Uint8Array) => Promise<void>;
      readonly close: () => Promise<void>;
      readonly abort: (reason?: unknown) => Promise<void>;
    };
  };
}

declare const DecompressionStream: new (format: 'gzip') => Decompressor;

/** A stream that undoes gzip, as the platform has it. */
export function gzipDecompressor(): Decompressor {
  return new DecompressionStream('gzip');
}
