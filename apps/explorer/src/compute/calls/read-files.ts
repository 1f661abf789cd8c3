import type { Tensor } from '@patternlens/core';
import type { CallContext } from '../call-context.js';
import type { ArrayFacts } from '../samples/array-facts.js';
import type { SampleAsked } from '../samples/read-own-sample.js';
import type { UnpackedFile } from '../samples/unpack.js';
import type { Session } from '../session.js';

/** A file by its name. */
export interface NamedContent {
  readonly name: string;
  readonly content: Blob;
}

/** Reads one sample of a person's own file as the model takes it.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function readSample(
  _session: Session,
  asked: SampleAsked,
  { handOver }: CallContext,
): Promise<Tensor> {
  const { readOwnSample } = await import('../samples/read-own-sample.js');
  const values = await readOwnSample(asked);
  handOver(values.data.buffer);
  return values;
}

/** What is known of a file of samples.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function describeArray(
  _session: Session,
  { name, content, batchAxis }: NamedContent & { readonly batchAxis?: number | undefined },
): Promise<ArrayFacts> {
  const { arrayFacts } = await import('../samples/array-facts.js');
  return arrayFacts(name, content, batchAxis);
}

/** The classes in an IDX file of labels.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function readClasses(
  _session: Session,
  { name, content }: NamedContent,
): Promise<Uint8Array> {
  const { idxLabels } = await import('../samples/array-facts.js');
  return idxLabels(name, content);
}

/** The files in a zip or gzip file.
 * @throws CallFailure naming the file and the limit, or what is wrong with it. */
export async function unpack(
  _session: Session,
  { name, content, kind }: NamedContent & { readonly kind: 'zip' | 'gzip' },
): Promise<UnpackedFile[]> {
  const { gunzipFile, unzip } = await import('../samples/unpack.js');
  if (kind === 'zip') return unzip(name, content);
  return [{ path: name.replace(/\.gz$/i, ''), content: await gunzipFile(name, content) }];
}
