import type { Operation } from '../program/operation.js';
import type { Value } from '../program/program-builder.js';
import { isBatch, sameShape } from '../tensor/shape.js';
import type { Lines } from './lines.js';
import { canBeParted } from './simplify-slices.js';

type MaxPool = Extract<Operation, { kind: 'maxPool' }>;
type Unpool = Extract<Operation, { kind: 'unpool' }>;
type Compare = Extract<Operation, { kind: 'compare' }>;

/** The values that are joined along channels. */
function channelParts(lines: Lines, x: Value): Value[] | undefined {
  const { operation, operands } = lines.line(x);
  if (operation.kind !== 'concat' || operation.axis !== 1) return undefined;
  return operands.map((_, index) => lines.operand(x, index));
}

/** The pool of a concatenation is the concatenation of pools. */
export function simplifyMaxPool(lines: Lines, pool: MaxPool, x: Value): Value | undefined {
  const parts = channelParts(lines, x);
  return (
    parts &&
    lines.write({ kind: 'concat', axis: 1 }, ...parts.map((part) => lines.write(pool, part)))
  );
}

/** Unpooling towards a concatenation, part by part, where what comes back can be computed part by part. */
function unpoolParts(lines: Lines, unpool: Unpool, r: Value, x: Value): Value | undefined {
  const parts = channelParts(lines, x);
  if (!parts || !canBeParted(lines, r, 1)) return undefined;
  let start = 0;
  const { inputSpatial, ...pool } = unpool;
  const made = parts.map((part) => {
    const channels = part.shape[1] as number;
    const starts = r.shape.map((_, axis) => (axis === 1 ? start : 0));
    const sizes = r.shape.map((dim, axis) => (axis === 1 ? channels : dim));
    start += channels;
    const sliced = lines.write({ kind: 'slice', starts, sizes, steps: starts.map(() => 1) }, r);
    return lines.write(
      { ...pool, kind: 'unpool', inputSpatial },
      sliced,
      lines.write({ ...pool, kind: 'poolSwitches' }, part),
    );
  });
  return lines.write({ kind: 'concat', axis: 1 }, ...made);
}

/** Unpooling `max(h) t` by the switches of h is `h` times unpooled t: at its winner a window's maximum is h itself. */
function throughPool(
  lines: Lines,
  unpool: Unpool,
  r: Value,
  switches: Value,
  x: Value,
): Value | undefined {
  if (lines.line(r).operation.kind !== 'mul') return undefined;
  for (const index of [0, 1]) {
    const factor = lines.operand(r, index);
    if (lines.line(factor).operation.kind !== 'maxPool' || lines.operand(factor, 0).id !== x.id)
      continue;
    const other = lines.operand(r, 1 - index);
    if (!sameShape(other.shape, r.shape) || other.shape.filter(isBatch).length > 1) continue;
    return lines.write({ kind: 'mul' }, x, lines.write(unpool, other, switches));
  }
  return undefined;
}

export function simplifyUnpool(
  lines: Lines,
  unpool: Unpool,
  r: Value,
  switches: Value,
): Value | undefined {
  if (lines.line(switches).operation.kind !== 'poolSwitches') return undefined;
  const x = lines.operand(switches, 0);
  return throughPool(lines, unpool, r, switches, x) ?? unpoolParts(lines, unpool, r, x);
}

/** What was pooled forward where something is unpooled back, where that was written before. */
function pooledOf(lines: Lines, unpool: Unpool, x: Value): Value | undefined {
  const { kernel, strides, padsBegin, padsEnd, dilations } = unpool;
  return lines.find({ kind: 'maxPool', kernel, strides, padsBegin, padsEnd, dilations }, x);
}

/** The unpooling that a value is, perhaps rectified. */
function unpoolOf(lines: Lines, value: Value): { unpooled: Value; rectified: boolean } | undefined {
  const { operation } = lines.line(value);
  if (operation.kind === 'unpool') return { unpooled: value, rectified: false };
  if (operation.kind !== 'relu') return undefined;
  const inner = lines.operand(value, 0);
  return lines.line(inner).operation.kind === 'unpool'
    ? { unpooled: inner, rectified: true }
    : undefined;
}

/** A mask of h on what was unpooled by the switches of h is the same mask of the pooled h before: only winners receive, and they equal the pooled
 * value. The mask is then taken where there are fewer values. */
export function simplifyMaskedUnpool(lines: Lines, a: Value, b: Value): Value | undefined {
  const found = unpoolOf(lines, a);
  const mask = lines.line(b).operation;
  if (!found || mask.kind !== 'compare' || lines.fill(lines.operand(b, 1)) === undefined)
    return undefined;
  const { operation } = lines.line(found.unpooled);
  const unpool = operation as Unpool;
  const r = lines.operand(found.unpooled, 0),
    switches = lines.operand(found.unpooled, 1);
  if (lines.line(switches).operation.kind !== 'poolSwitches') return undefined;
  const x = lines.operand(switches, 0);
  if (lines.operand(b, 0).id !== x.id || !sameShape(b.shape, x.shape)) return undefined;
  const pooled = pooledOf(lines, unpool, x);
  if (!pooled) return undefined;
  const masked = lines.write(
    { kind: 'mul' },
    r,
    lines.write(mask satisfies Compare, pooled, lines.operand(b, 1)),
  );
  const back = lines.write(unpool, masked, switches);
  return found.rectified ? lines.write({ kind: 'relu' }, back) : back;
}

/** Division of `h u` by an expression of h, where u was unpooled by the switches of h: only winners receive, so it is done before, with the pooled h. */
export function simplifyDividedUnpool(
  lines: Lines,
  division: Extract<Operation, { kind: 'div' | 'safeDiv' }>,
  numerator: Value,
  denominator: Value,
  replace: (value: Value, from: Value, to: Value) => Value | undefined,
): Value | undefined {
  for (const index of [0, 1]) {
    const h = lines.operand(numerator, index),
      u = lines.operand(numerator, 1 - index);
    const { operation } = lines.line(u);
    if (operation.kind !== 'unpool') continue;
    const t = lines.operand(u, 0),
      switches = lines.operand(u, 1);
    if (
      lines.line(switches).operation.kind !== 'poolSwitches' ||
      lines.operand(switches, 0).id !== h.id
    )
      continue;
    const pooled = pooledOf(lines, operation, h);
    const below = pooled && replace(denominator, h, pooled);
    if (!pooled || !below || !sameShape(below.shape, pooled.shape)) continue;
    const product = lines.write({ kind: 'mul' }, pooled, t);
    return lines.write(operation, lines.write(division, product, below), switches);
  }
  return undefined;
}
