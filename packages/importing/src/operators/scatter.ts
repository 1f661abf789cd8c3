import type { Shape, Tensor } from '@patternlens/core';
import { isBatch } from '@patternlens/core/tensor';
import { scattered } from '../known/indexing.js';
import { elementPlaces, vectorPlaces } from '../known/places.js';
import { addConstant, concatenate, pair, scale, sum } from '../layers/elementwise.js';
import { checkFixed, checkNamed, pickEntries, sampleRows, sampleSizes } from '../layers/entries.js';
import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import { shapeOf, type ConstantValue, type Imported, type RuntimeValue } from '../values/values.js';

/** How what is scattered meets what is there. */
export type ScatterMode = 'none' | 'add' | 'mul' | 'max' | 'min';

export const isScatterMode = (mode: string): mode is ScatterMode =>
  ['none', 'add', 'mul', 'max', 'min'].includes(mode);

/** Values that are put into a copy of others, each at its place in a sample. */
interface Scattering {
  readonly data: RuntimeValue | ConstantValue;
  readonly updates: RuntimeValue | ConstantValue;
  /** For each update where it goes. */
  readonly targets: readonly number[];
  readonly mode: ScatterMode;
}

const IDENTITY = { none: 0, add: 0, mul: 1, max: -Infinity, min: Infinity } as const;

/** For the first, second, ... update of a place which it is; -1 where there is none. Where each replaces, the last alone counts. */
function roundsOf(
  targets: readonly number[],
  size: number,
  mode: ScatterMode,
): readonly (readonly number[])[] {
  const empty = (): number[] => new Array<number>(size).fill(-1);
  const rounds: number[][] = [empty()];
  const times = new Uint32Array(size);
  targets.forEach((target, update) => {
    const round = mode === 'none' ? 0 : times[target]!++;
    (rounds[round] ??= empty())[target] = update;
  });
  return rounds;
}

/** Constant updates at their places. */
function placed(
  { data }: Tensor,
  round: readonly number[],
  shape: readonly number[],
  missing: number,
): Tensor {
  return { data: Float64Array.from(round, (at) => (at < 0 ? missing : data[at]!)), shape };
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Updates in the place of what is there. */
function replace(
  node: NodeView,
  context: ImportContext,
  { data, updates }: Scattering,
  round: readonly number[],
  shape: Shape,
): RuntimeValue {
  const sizes = sampleSizes(shape);
  if (data.kind === 'constant') {
    const kept = Float64Array.from(data.tensor.data, (value, at) => (round[at]! < 0 ? value : 0));
    const rows = sampleRows(context, node.part('updates'), updates as RuntimeValue);
    if (kept.every((value) => value === 0))
      return pickEntries(context, node, rows, { places: round, shape });
    const put = pickEntries(context, node.part('put'), rows, { places: round, shape });
    return addConstant(context, node, put, { tensor: { data: kept, shape: sizes } });
  }
  const rows = sampleRows(context, node, data);
  if (updates.kind === 'constant') {
    const places = round.map((at, own) => (at < 0 ? own : -1));
    const kept = pickEntries(context, node.part('kept'), rows, { places, shape });
    return addConstant(context, node, kept, { tensor: placed(updates.tensor, round, sizes, 0) });
  }
  const others = sampleRows(context, node.part('updates'), updates);
  const both = concatenate(context, node.part('both'), [rows, others], -1);
  const places = round.map((at, own) => (at < 0 ? own : round.length + at));
  return pickEntries(context, node, both, { places, shape });
}

/** Updates joined with what is there, one round after another. */
function join(
  node: NodeView,
  context: ImportContext,
  { data, updates, mode }: Scattering,
  rounds: readonly (readonly number[])[],
  shape: Shape,
): RuntimeValue {
  const sizes = sampleSizes(shape);
  const missing = IDENTITY[mode];
  if (data.kind === 'constant')
    return node.unsupported(`it joins constants with computed values ("${mode}").`);
  if (updates.kind === 'constant' && mode !== 'add' && mode !== 'mul')
    return node.unsupported(`it takes the ${mode} of computed values and constants.`);
  const rows =
    updates.kind === 'runtime' ? sampleRows(context, node.part('updates'), updates) : undefined;
  return rounds.reduce<RuntimeValue>((before, round, at) => {
    const place = at === rounds.length - 1 ? node : node.part(`${mode}-${at + 1}`);
    if (!rows) {
      const tensor = placed((updates as ConstantValue).tensor, round, sizes, missing);
      return mode === 'add'
        ? addConstant(context, place, before, { tensor })
        : scale(context, place, before, { tensor });
    }
    const there = place.part('there');
    if (mode === 'add' || mode === 'mul') {
      const put = pickEntries(context, there, rows, { places: round, shape, missing });
      return mode === 'add'
        ? sum(context, place, [before, put])
        : pair(context, place, 'product', [before, put]);
    }
    // Where nothing is put, a value meets itself.
    const own = sampleRows(context, there, data);
    const both = concatenate(context, there.part('both'), [own, rows], -1);
    const places = round.map((update, self) => (update < 0 ? self : round.length + update));
    const put = pickEntries(context, there, both, { places, shape });
    return pair(context, place, mode === 'max' ? 'maximum' : 'minimum', [before, put]);
  }, data);
}

function scatter(node: NodeView, context: ImportContext, given: Scattering): Imported {
  const { data, updates, targets, mode } = given;
  const shape = data.kind === 'runtime' ? data.shape : shapeWithBatch(data, updates);
  const size = product(sampleSizes(shape));
  const count = product(sampleSizes(shapeOf(updates)));
  if (count !== targets.length)
    node.invalid(`it has ${count} updates for ${targets.length} indices.`);
  if (data.kind === 'constant' && updates.kind === 'constant')
    return scattered(data, updates, targets, mode);
  const rounds = roundsOf(targets, size, mode);
  return mode === 'none'
    ? replace(node, context, given, rounds[0]!, shape)
    : join(node, context, given, rounds, shape);
}

/** A constant that computed values are put into has their batch in front, where it has size 1 there. */
function shapeWithBatch(data: ConstantValue, updates: RuntimeValue | ConstantValue): Shape {
  const batch = updates.kind === 'runtime' ? updates.shape.find(isBatch) : undefined;
  const { shape } = data.tensor;
  return batch !== undefined && shape[0] === 1 ? [batch, ...shape.slice(1)] : shape;
}

/** The inputs of an operator that scatters; where all are constant, it makes a constant. */
interface ScatterInputs {
  readonly data: RuntimeValue | ConstantValue;
  readonly updates: RuntimeValue | ConstantValue;
  readonly indices: Tensor;
  readonly mode: ScatterMode;
}

/** Puts updates at places along one axis. */
export function scatterElements(
  node: NodeView,
  context: ImportContext,
  inputs: ScatterInputs,
  axis: number,
): Imported {
  const shape = shapeOf(inputs.data);
  const counted = node.axis(axis, shape.length);
  checkFixed(node, context, shape);
  const targets = elementPlaces(node, sampleSizes(shape), inputs.indices, counted);
  return scatter(node, context, { ...inputs, targets });
}

/** Puts updates where vectors of indices point to. */
export function scatterVectors(
  node: NodeView,
  context: ImportContext,
  inputs: ScatterInputs,
): Imported {
  const shape = shapeOf(inputs.data);
  checkNamed(node, context, shape, inputs.indices.shape.at(-1)!);
  const { places } = vectorPlaces(node, sampleSizes(shape), inputs.indices);
  return scatter(node, context, { ...inputs, targets: places });
}

/** A value of a node that is a constant or computed, and no list of sizes that depend on the batch. */
export function valueAt(node: NodeView, index: number): RuntimeValue | ConstantValue {
  const value = node.input(index);
  return value.kind === 'sizes'
    ? node.unsupported(`its input ${index} is a list of sizes that depend on the batch.`)
    : value;
}
