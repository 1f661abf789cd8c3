import { PatternLensError } from '@patternlens/core';
import type { TensorProto } from 'onnx-buf';

/** A part of a file that lies beside the model. */
export interface ExternalFile {
  readonly size: number;
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** Files beside the model, by the relative path that the model gives them. */
export type ExternalFiles =
  Readonly<Record<string, Uint8Array>> | ((path: string) => Promise<ExternalFile | undefined>);

function invalid(tensor: TensorProto, message: string): never {
  throw new PatternLensError(
    'adapter-onnx',
    'invalid-file',
    `external data of "${tensor.name}": ${message}`,
    { file: tensor.name },
  );
}

/** The path that a tensor's data lie under, checked: it must not leave the model's folder. */
function pathOf(tensor: TensorProto, location: string | undefined): string {
  if (location === undefined || location === '')
    return invalid(tensor, 'the model names no file for them. Export it again.');
  const parts = location.split(/[\\/]/);
  if (/^([\\/]|[a-zA-Z]:)/.test(location) || parts.includes('..')) {
    return invalid(
      tensor,
      `"${location}" is outside the model's folder, and is not read. Move the file beside the model.`,
    );
  }
  return parts.filter((part) => part !== '.').join('/');
}

async function open(
  tensor: TensorProto,
  path: string,
  files: ExternalFiles | undefined,
): Promise<ExternalFile> {
  const found =
    typeof files === 'function'
      ? await files(path)
      : files && Object.hasOwn(files, path)
        ? ofBytes(files[path])
        : undefined;
  return found ?? invalid(tensor, `the file "${path}" was not found. It belongs beside the model.`);
}

function ofBytes(bytes: Uint8Array | undefined): ExternalFile | undefined {
  return (
    bytes && {
      size: bytes.length,
      read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    }
  );
}

/** Reads the bytes of a tensor that are kept outside the model; place and length are checked against the file before.
 * @throws PatternLensError `invalid-file`. */
export async function readExternal(
  tensor: TensorProto,
  expected: number,
  files: ExternalFiles | undefined,
): Promise<Uint8Array> {
  const entries = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
  const path = pathOf(tensor, entries.get('location'));
  const file = await open(tensor, path, files);
  const offset = Number(entries.get('offset') ?? 0);
  const length = Number(entries.get('length') ?? expected);
  if (!Number.isSafeInteger(offset) || offset < 0 || length !== expected) {
    return invalid(
      tensor,
      `${entries.get('length') ?? '?'} bytes from ${entries.get('offset') ?? '0'} of "${path}", where its shape needs ${expected}. The model is damaged; copy or export it again.`,
    );
  }
  if (offset + length > file.size)
    return invalid(
      tensor,
      `bytes ${offset} to ${offset + length} of "${path}", which has only ${file.size}. The file is cut; copy it again.`,
    );
  return file.read(offset, length);
}
