import { PatternLensError } from '../../errors/patternlens-error.js';
import { isFitted } from '../../layers/layer.js';
import { neuronLayout } from '../../layers/linear-operator.js';
import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import { fingerprintOf, firstDifference, type LayerFingerprint } from '../fingerprint.js';
import type { FitCheckpoint } from '../fitting/fit-moments.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import type { ByteSource } from './byte-source.js';
import {
  readSafetensors,
  type SafetensorsEntry,
  type SafetensorsFile,
  writeSafetensors,
} from './safetensors.js';

/** What a fit must be the same in to go on where another stopped. */
export interface FitIdentity {
  /** Names and number of the samples, by their hash. */
  readonly data: string;
  readonly preprocessing: string;
  readonly limit: string;
  readonly shard: string;
  readonly memory: string;
}

interface Header {
  readonly identity: FitIdentity;
  readonly fingerprint: readonly LayerFingerprint[];
  readonly pass: number;
  readonly nextBlock: number;
  readonly samples: number;
  readonly ranges: readonly {
    readonly layer: string;
    readonly from: number;
    readonly to: number;
    readonly count: number;
  }[];
}

const KEY = 'patternlens';
const SUMS = ['positiveCount', 'y', 'x', 'xy', 'positiveXy', 'positiveX'] as const;

const bytesOf = (values: Float64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const entry = (name: string, values: Float64Array): SafetensorsEntry => ({
  name,
  type: 'F64',
  shape: [values.length],
  pieces: () => [bytesOf(values)],
});

/** Entries of one layer's sums, under a prefix. */
export function momentsEntries(prefix: string, moments: LayerMoments): SafetensorsEntry[] {
  return [...SUMS, 'shift' as const].map((key) => entry(`${prefix}/${key}`, moments[key]));
}

/** A checkpoint of a fit as a file.
 * @param identity What must be the same in a fit that goes on from it. */
export function writeCheckpoint(
  network: CanonicalNetwork,
  identity: FitIdentity,
  checkpoint: FitCheckpoint,
): AsyncGenerator<Uint8Array> {
  const { pass, nextBlock, samples, shifts, moments } = checkpoint;
  const header: Header = {
    identity,
    fingerprint: fingerprintOf(network),
    pass,
    nextBlock,
    samples,
    ranges: moments.map(({ range, moments: { count } }) => ({
      layer: range.layer.name,
      from: range.from,
      to: range.to,
      count,
    })),
  };
  const entries = [
    ...[...shifts].map(([layer, values]) => entry(`shift/${layer}`, values)),
    ...moments.flatMap(({ moments: sums }, at) => momentsEntries(`range/${at}`, sums)),
  ];
  return writeSafetensors(
    { format: 'patternlens-checkpoint', [KEY]: JSON.stringify(header) },
    entries,
  );
}

function refuse(path: string, message: string): never {
  throw new PatternLensError(
    'core',
    'pattern-mismatch',
    `"${path}": ${message} Delete it to fit from the beginning.`,
    { file: path },
  );
}

function parseHeader(text: string, path: string): Header {
  try {
    return JSON.parse(text) as Header;
  } catch {
    return refuse(path, 'the checkpoint is damaged: its description is not JSON.');
  }
}

async function openCheckpoint(source: ByteSource, path: string): Promise<SafetensorsFile> {
  try {
    return await readSafetensors(source);
  } catch (cause) {
    if (!(cause instanceof PatternLensError) || cause.code !== 'invalid-file') throw cause;
    return refuse(path, 'the checkpoint is damaged.');
  }
}

async function sums(file: SafetensorsFile, path: string, name: string): Promise<Float64Array> {
  const stored =
    file.tensors.get(name) ?? refuse(path, `the checkpoint is damaged: it has no "${name}".`);
  return new Float64Array((await stored.read()).buffer);
}

/** One layer's sums from a file of them. */
export async function readMoments(
  file: SafetensorsFile,
  path: string,
  prefix: string,
  layout: { inputs: number; groups: number; neurons: number },
  count: number,
): Promise<LayerMoments> {
  const read = (key: string): Promise<Float64Array> => sums(file, path, `${prefix}/${key}`);
  return {
    ...layout,
    count,
    shift: await read('shift'),
    positiveCount: await read('positiveCount'),
    y: await read('y'),
    x: await read('x'),
    xy: await read('xy'),
    positiveXy: await read('positiveXy'),
    positiveX: await read('positiveX'),
  };
}

/** Reads the checkpoint of a fit.
 * @param path What error messages call the file.
 * @throws PatternLensError `pattern-mismatch` naming what is different from the fit that is to go on. */
export async function readCheckpoint(
  source: ByteSource,
  network: CanonicalNetwork,
  identity: FitIdentity,
  path: string,
): Promise<FitCheckpoint> {
  const file = await openCheckpoint(source, path);
  const text = file.metadata[KEY];
  if (text === undefined || file.metadata['format'] !== 'patternlens-checkpoint')
    return refuse(path, 'it is not a checkpoint of a fit.');
  const header = parseHeader(text, path);
  const difference = firstDifference(header.fingerprint, fingerprintOf(network));
  if (difference !== undefined)
    refuse(path, `it belongs to a fit of another network: ${difference}.`);
  for (const key of Object.keys(identity) as (keyof FitIdentity)[]) {
    if (header.identity[key] !== identity[key])
      refuse(
        path,
        `it belongs to a fit with another ${key}: ${header.identity[key]}, now ${identity[key]}.`,
      );
  }
  const layers = new Map(network.layers.filter(isFitted).map((layer) => [layer.name, layer]));
  const shifts = new Map<string, Float64Array>();
  for (const name of layers.keys()) shifts.set(name, await sums(file, path, `shift/${name}`));
  const moments = await Promise.all(
    header.ranges.map(async ({ layer: name, from, to, count }, at) => {
      const layer =
        layers.get(name) ??
        refuse(path, `the checkpoint is damaged: the network has no layer "${name}".`);
      const { inputs, groups } = neuronLayout(layer);
      return {
        range: { layer, from, to },
        moments: await readMoments(
          file,
          path,
          `range/${at}`,
          { inputs, groups, neurons: groups * (to - from) },
          count,
        ),
      };
    }),
  );
  return {
    pass: header.pass,
    nextBlock: header.nextBlock,
    samples: header.samples,
    shifts,
    moments,
  };
}
