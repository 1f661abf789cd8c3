import { fileError } from '../errors/data-error.js';
import { fromFloat16 } from './float16.js';

/** A number type of NumPy that can be read. */
export interface NpyType {
  /** As NumPy writes it, without the byte order: `f4`. */
  readonly name: string;
  /** Bytes an element. */
  readonly bytes: number;
  /** Whether float32 holds every value; others are read as float64. */
  readonly single: boolean;
  readonly get: (view: DataView, offset: number) => number;
}

type Getter = (view: DataView, offset: number, little: boolean) => number;

const TYPES: Readonly<Record<string, readonly [bytes: number, single: boolean, get: Getter]>> = {
  b1: [1, true, (view, at) => (view.getUint8(at) === 0 ? 0 : 1)],
  i1: [1, true, (view, at) => view.getInt8(at)],
  u1: [1, true, (view, at) => view.getUint8(at)],
  i2: [2, true, (view, at, little) => view.getInt16(at, little)],
  u2: [2, true, (view, at, little) => view.getUint16(at, little)],
  i4: [4, false, (view, at, little) => view.getInt32(at, little)],
  u4: [4, false, (view, at, little) => view.getUint32(at, little)],
  i8: [8, false, (view, at, little) => Number(view.getBigInt64(at, little))],
  u8: [8, false, (view, at, little) => Number(view.getBigUint64(at, little))],
  f2: [2, true, (view, at, little) => fromFloat16(view.getUint16(at, little))],
  f4: [4, true, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, false, (view, at, little) => view.getFloat64(at, little)],
};

const REFUSED: Readonly<Record<string, string>> = {
  O: 'Python objects',
  c: 'complex numbers',
  f: 'extended floats',
  S: 'text',
  U: 'text',
  M: 'dates',
  m: 'time spans',
  V: 'records',
};

/** The type that a description such as `<f4` names; no byte order is read as little endian.
 * @throws PatternLensError `invalid-file` for anything but numbers and booleans. */
export function parseNpyType(file: string, description: string): NpyType {
  const [, order, name = ''] = /^([<>|=]?)(.*)$/s.exec(description) ?? [];
  const known = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (!known) {
    const what = REFUSED[name.charAt(0)];
    throw fileError(
      file,
      `numbers (${Object.keys(TYPES).join(', ')})`,
      what ? `${what} (${JSON.stringify(description)})` : `type ${JSON.stringify(description)}`,
      "Save it as numbers: array.astype('float32').",
    );
  }
  const [bytes, single, get] = known;
  const little = order !== '>';
  return { name, bytes, single, get: (view, offset) => get(view, offset, little) };
}
