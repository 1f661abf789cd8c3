/** A file that a person chose, or that was fetched. */
export interface GivenFile {
  readonly name: string;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

/** The whole file. */
export const bytesOf = async (file: GivenFile): Promise<Uint8Array> =>
  new Uint8Array(await file.arrayBuffer());
