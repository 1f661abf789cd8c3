/** A file of a model: its name, or its path within what was dropped, and what it holds. */
export interface ModelFile {
  readonly path: string;
  readonly content: Blob;
}

/** A model as a person gave it: enough for any worker to read it by itself. */
export interface ModelFiles {
  /** Tells one model from another, and one reading of it from another. */
  readonly key: string;
  /** What it is called: `default`, or its file's name without the ending. */
  readonly name: string;
  /** The file that the command line is given: `model.onnx`. */
  readonly path: string;
  readonly format: 'onnx' | 'tfjs';
  /** The model itself first; what lies beside it behind. */
  readonly files: readonly ModelFile[];
  /** Sizes of free axes by input name, without the batch, or with `N` for it. */
  readonly shapes?: Readonly<Record<string, readonly (number | 'N')[]>> | undefined;
  /** The output that is explained, or a value inside; the first output where it is not given. */
  readonly output?: string | undefined;
}
