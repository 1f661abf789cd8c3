import { isBatch, sizeOf } from '@patternlens/core';
import type { Folder } from '../handler.js';
import { constant, dimsOf, isKnown, shapeOf, sizes, type ConstantValue } from '../imported.js';
import { constantSize } from './constant-size.js';
import { limitElements } from './limits.js';
import { listed } from './listed.js';

const constantOfShape: Folder = (node) => {
  const [shape] = node.inputs;
  if (!shape || !isKnown(shape)) return undefined;
  // A value repeated along the batch is the same for every sample: it stands for itself with size 1 there.
  const dims = dimsOf(shape).map((dim) => (isBatch(dim) ? 1 : dim));
  const value = node.tensorAttribute('value');
  const fill =
    value === undefined
      ? 0
      : (value.floatData[0] ??
        Number(
          value.int64Data[0] ?? value.int32Data[0] ?? rawNumber(value.rawData, value.dataType),
        ));
  const data = new Float64Array(constantSize(dims, node));
  if (fill !== 0) data.fill(fill);
  return constant(
    { data, shape: dims },
    value === undefined || [1, 10, 11, 16].includes(value.dataType) ? 'float' : 'integer',
  );
};

function rawNumber(raw: Uint8Array, type: number): number {
  if (raw.length === 0) return 0;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  if (type === 1) return view.getFloat32(0, true);
  if (type === 11) return view.getFloat64(0, true);
  if (type === 7) return Number(view.getBigInt64(0, true));
  return type === 6 ? view.getInt32(0, true) : view.getUint8(0);
}

const rangeFolder: Folder = (node) => {
  if (!node.inputs.every((input) => input?.kind === 'constant')) return undefined;
  const [start, limit, delta] = (node.inputs as ConstantValue[]).map(
    (input) => input.tensor.data[0]!,
  );
  const count = limitElements(node, Math.max(0, Math.ceil((limit! - start!) / delta!)));
  return constant(
    { data: Float64Array.from({ length: count }, (_, at) => start! + at * delta!), shape: [count] },
    (node.inputs[0] as ConstantValue).type,
  );
};

function reduction(combine: (a: number, b: number) => number): Folder {
  return (node) => {
    const x = listed(node.inputs[0]);
    if (
      !x ||
      !node.inputs.every((input) => input === undefined || isKnown(input)) ||
      x.some(isBatch)
    )
      return undefined;
    const [value] = node.inputs;
    if (x.length === 0) node.invalid('it reduces a list that is empty.');
    const keep = node.int('keepdims', 1) === 1;
    const data = Float64Array.of((x as number[]).reduce((a, b) => combine(a, b)));
    const type = value?.kind === 'constant' ? value.type : 'integer';
    return constant({ data, shape: keep ? [1] : [] }, type);
  };
}

/** Sizes, and constants made from sizes. */
export const shapeFolders: Readonly<Record<string, Folder>> = {
  ConstantOfShape: constantOfShape,
  Range: rangeFolder,
  ReduceProd: reduction((a, b) => a * b),
  ReduceSum: reduction((a, b) => a + b),
  ReduceMax: reduction(Math.max),
  ReduceMin: reduction(Math.min),
  Shape: (node) => {
    const shape = shapeOf(node.input(0));
    return sizes(shape.slice(node.int('start', 0), node.int('end', shape.length)), false);
  },
  Size: (node) => sizes([sizeOf(shapeOf(node.input(0)))], true),
};
