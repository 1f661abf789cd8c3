import { formatShape, product } from '@patternlens/core/tensor';
import {
  build,
  checkFixed,
  gatherElements,
  gatherVectors,
  isScatterMode,
  range,
  sampleSizes,
  scatterElements,
  scatterVectors,
  sizeAlong,
  valueAt,
  type Operation,
  type ScatterMode,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

type OnnxOperation = Operation<OnnxNode>;

const gathered: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const axis = node.axis(node.int('axis', 0), x.shape.length);
  return build.gatherBy(context, node, x, axis, node.constant(1, 'indices').tensor);
};

/** How updates meet what is there; a word that is not known is refused. */
function modeOf(node: OnnxNode): ScatterMode {
  const mode = node.string('reduction', 'none');
  return isScatterMode(mode) ? mode : node.unsupported(`its reduction "${mode}".`);
}

const scattering = (node: OnnxNode) => ({
  data: valueAt(node, 0),
  updates: valueAt(node, 2),
  indices: node.constant(1, 'indices').tensor,
  mode: modeOf(node),
});

const scattered: OnnxOperation = (node, context) =>
  scatterElements(node, context, scattering(node), node.int('axis', 0));

/** The entries of an axis, or of everything in a row, that a list of truths keeps. */
const compressed: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const kept = Array.from(node.constant(1, 'condition').tensor.data).flatMap((holds, at) =>
    holds === 0 ? [] : [at],
  );
  if (kept.length === 0) return node.unsupported('it keeps nothing.');
  const tensor = { data: Float64Array.from(kept), shape: [kept.length] };
  if (node.has('axis'))
    return build.gatherBy(context, node, x, node.axis(node.int('axis', 0), x.shape.length), tensor);
  checkFixed(node, context, x.shape);
  const rows = build.sampleRows(context, node, x);
  const last = rows.shape.at(-1) as number;
  if (kept.at(-1)! >= last)
    node.invalid(`it keeps value ${kept.at(-1)!} of ${formatShape(x.shape)}.`);
  return build.pickEntries(context, node, rows, { places: kept, shape: [kept.length] });
};

/** Some first entries of an axis backwards, how many differs along another. */
const reversed: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const rank = x.shape.length;
  const along = node.axis(node.int('time_axis', 0), rank);
  const by = node.axis(node.int('batch_axis', 1), rank);
  const lengths = Array.from(node.constant(1, 'lengths').tensor.data);
  const time = sizeAlong(node, x.shape, along);
  if (lengths.some((length) => !(length >= 0 && length <= time)))
    node.invalid(`its lengths [${lengths.join(', ')}] are not within an axis of ${time} entries.`);
  const turned = (at: number, length: number): number => (at < length ? length - 1 - at : at);
  if (lengths.every((length) => length === lengths[0]))
    return build.gather(
      context,
      node,
      x,
      along,
      range(time).map((at) => turned(at, lengths[0]!)),
    );
  checkFixed(node, context, x.shape);
  const sizes = sampleSizes(x.shape);
  if (lengths.length !== sizes[by])
    node.invalid(`its ${lengths.length} lengths are not one for each of ${sizes[by]!} sequences.`);
  const strides = sizes.map((_, axis) => product(sizes.slice(axis + 1)));
  const places = range(product(sizes)).map((flat) => {
    const own = Math.floor(flat / strides[along]!) % time;
    const length = lengths[Math.floor(flat / strides[by]!) % sizes[by]!]!;
    return flat + (turned(own, length) - own) * strides[along]!;
  });
  const rows = build.sampleRows(context, node, x);
  return build.pickEntries(context, node, rows, { places, shape: x.shape });
};

const accumulated: OnnxOperation = (node, context) =>
  build.runningSum(context, node, node.runtime(0), {
    axis: node.constant(1, 'axis').tensor.data[0] ?? 0,
    exclusive: node.int('exclusive', 0) === 1,
    reverse: node.int('reverse', 0) === 1,
  });

/** What a triangle keeps of rows and columns. */
function keptByTriangle(node: OnnxNode): (row: number, column: number) => boolean {
  const shift = node.optionalConstant(1, 'diagonal')?.tensor.data[0] ?? 0;
  return node.int('upper', 1) === 1
    ? (row, column) => column - row >= shift
    : (row, column) => column - row <= shift;
}

/** Values of a tensor to the places of a larger one that a pool took them from. */
const unpooled: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const indices = node.constant(1, 'indices').tensor;
  checkFixed(node, context, x.shape);
  const kernel = node.ints('kernel_shape') ?? node.invalid('its kernel_shape is missing.');
  const strides = node.ints('strides') ?? kernel.map(() => 1);
  const pads = node.ints('pads') ?? new Array<number>(2 * kernel.length).fill(0);
  const own = sampleSizes(x.shape);
  const spatial = kernel.map(
    (size, at) => (own[at + 2]! - 1) * strides[at]! + size - pads[at]! - pads[kernel.length + at]!,
  );
  const natural = [...own.slice(0, 2), ...spatial];
  const asked = node.fixed('output_shape', 2);
  if (asked && asked.slice(2).join() !== spatial.join())
    node.unsupported(
      `its output_shape [${asked.join(', ')}] is not what its windows make, [${natural.join(', ')}]: the standard and the runtimes count its indices differently.`,
    );
  const places = new Array<number>(product(natural)).fill(-1);
  indices.data.forEach((index, at) => {
    if (!(index >= 0 && index < places.length))
      node.invalid(`index ${index} is not within ${formatShape(natural)}.`);
    places[index] = at;
  });
  const shape = natural.map((size, axis) => (axis === 0 ? x.shape[0]! : size));
  const rows = build.sampleRows(context, node, x);
  return build.pickEntries(context, node, rows, { places, shape });
};

/** The largest entries of an axis: their values, not where they are. */
const topK: OnnxOperation = (node, context) => {
  const x = node.runtime(0);
  const axis = node.int('axis', -1);
  const count = node.has('k') ? node.int('k', 1) : node.wholeAt(1, 'k');
  return build.topK(context, node, x, { axis, count, largest: node.int('largest', 1) === 1 });
};

export const indexing: Readonly<Record<string, OnnxOperation>> = {
  Compress: compressed,
  CumSum: accumulated,
  Gather: gathered,
  GatherElements: (node, context) =>
    gatherElements(
      node,
      context,
      node.runtime(0),
      node.constant(1, 'indices').tensor,
      node.int('axis', 0),
    ),
  GatherND: (node, context) =>
    gatherVectors(
      node,
      context,
      node.runtime(0),
      node.constant(1, 'indices').tensor,
      node.int('batch_dims', 0),
    ),
  MaxUnpool: unpooled,
  ReverseSequence: reversed,
  Scatter: scattered,
  ScatterElements: scattered,
  ScatterND: (node, context) => scatterVectors(node, context, scattering(node)),
  TopK: topK,
  Trilu: (node, context) => build.keepBand(context, node, node.runtime(0), keptByTriangle(node)),
};
