/** What a file is. */
export type FileKind =
  | 'onnx'
  | 'tfjs'
  | 'patterns'
  | 'preprocessing'
  | 'metadata'
  | 'labels'
  | 'image'
  | 'npy'
  | 'idx'
  | 'idx-labels'
  | 'cifar'
  | 'zip'
  | 'gzip'
  | 'other';

/** A file as it was told from others. */
export interface ToldFile {
  readonly kind: FileKind;
  /** Why a file of kind `other` can't be used, where that is known. */
  readonly reason?: string | undefined;
}
