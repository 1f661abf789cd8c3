import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import type { LayerScope } from '../../layers/layer-definition.js';
import { type FittedLayer, isFitted } from '../../layers/layer.js';
import { convAttributes } from '../../layers/kinds/linear/transposed-convolution.js';
import { linearForward, neuronLayout } from '../../layers/linear-operator.js';
import { traceForward } from '../../network/trace-forward.js';
import { ProgramBuilder, type Value } from '../../program/program-builder.js';
import type { Program } from '../../program/program.js';
import { type Dim, type Shape, sizeOf } from '../../tensor/shape.js';

/** Some neurons of a layer, whose moments are taken in one pass: `from` to `to` of each group. */
export interface NeuronRange {
  readonly layer: FittedLayer;
  readonly from: number;
  readonly to: number;
}

/** A program's moments of one layer: what its two outputs hold, for one block of samples. */
export interface MomentsPort extends NeuronRange {
  /** Input: the constant about which y is taken, `[neurons of the range]`. */
  readonly shift: string;
  /** Output: the columns `x (y - s)`, the same and x over the positive regime for each neuron, and x, for each group: see `read-moments`. */
  readonly products: string;
  /** Output: sums of `y - s`, and counts of positive firings: `[2, neurons of the range]`. */
  readonly sums: string;
}

export interface MomentsProgram {
  readonly program: Program;
  readonly ports: readonly MomentsPort[];
}

/** All neurons of every layer that patterns are fitted for. */
export function allNeurons(network: CanonicalNetwork): NeuronRange[] {
  return network.layers.filter(isFitted).map((layer) => {
    const { neurons, groups } = neuronLayout(layer);
    return { layer, from: 0, to: neurons / groups };
  });
}

/** `y` with its neurons as `[N, groups, neurons, rest]`, cut to the range. */
function neuronsOf(
  { ops }: LayerScope,
  layer: FittedLayer,
  y: Value,
  { from, to }: NeuronRange,
): Value {
  const { neurons, groups } = neuronLayout(layer);
  const each = neurons / groups;
  const channelsLast = layer.kind === 'dense';
  const [batch, ...rest] = y.shape;
  const positions = sizeOf(channelsLast ? rest.slice(0, -1) : rest.slice(1)) as number;
  const moved = channelsLast
    ? ops.transpose(ops.reshape(y, [batch!, positions, neurons]), [0, 2, 1])
    : y;
  const view = ops.reshape(moved, [batch!, groups, each, positions]);
  return from === 0 && to === each
    ? view
    : ops.slice(view, [0, 0, from, 0], [batch!, groups, to - from, positions]);
}

/** The columns that x is multiplied with, as one value of `groups * (3 neurons + 1)` channels. */
function columns(
  scope: LayerScope,
  range: NeuronRange,
  shift: Value,
): { all: Value; centred: Value; open: Value } {
  const { ops } = scope;
  const { y, z } = linearForward(range.layer, scope);
  const centred = ops.sub(neuronsOf(scope, range.layer, y, range), shift);
  const open = ops.isPositive(neuronsOf(scope, range.layer, z, range));
  const [batch, groups, , positions] = centred.shape;
  const one = ops.broadcast(ops.scalar(1), [batch!, groups!, 1, positions!]);
  return { all: ops.concat([centred, ops.mul(centred, open), open, one], 2), centred, open };
}

/** Sums of x times every column, over samples and positions. */
function products(
  { ops, inputs }: LayerScope,
  layer: FittedLayer,
  all: Value,
  output: Shape,
): Value {
  const [x] = inputs;
  const [batch, groups, perGroup, positions] = all.shape as [Dim, number, number, number];
  if (layer.kind === 'dense') {
    const rows = sizeOf([batch, positions]);
    const wide = ops.reshape(
      ops.transpose(ops.reshape(all, [batch, perGroup, positions]), [1, 0, 2]),
      [perGroup, rows],
    );
    return ops.matmul(wide, ops.reshape(x!, [rows, x!.shape.at(-1)!]));
  }
  const columnMap = ops.reshape(all, [batch, groups * perGroup, ...output.slice(2)]);
  const kernel = layer.parameters['weights']!.tensor.shape.slice(2);
  if (layer.kind === 'convolution')
    return ops.convWeightGradient(x!, columnMap, layer.attributes, kernel);
  return ops.convWeightGradient(columnMap, x!, convAttributes(layer.attributes), kernel);
}

/** Records the sums that patterns are made of, for the given neurons: a forward pass and, for each layer, two outputs. */
export function traceMoments(
  network: CanonicalNetwork,
  ranges: readonly NeuronRange[],
): MomentsProgram {
  const ops = new ProgramBuilder();
  const forward = traceForward(ops, network);
  const ports = ranges.map((range): MomentsPort => {
    const { layer } = range;
    const scope = forward.scopes.get(layer)!;
    const { groups } = neuronLayout(layer);
    const count = range.to - range.from;
    const port = {
      ...range,
      shift: `shift:${layer.name}`,
      products: `products:${layer.name}`,
      sums: `sums:${layer.name}`,
    };
    ops.inLayer(layer.name, () => {
      const shift = ops.reshape(ops.input(port.shift, [groups * count]), [groups, count, 1]);
      const { all, centred, open } = columns(scope, range, shift);
      ops.output(
        port.products,
        products(scope, layer, all, forward.values.get(layer.output)!.shape),
      );
      const sums = [centred, open].map((value) =>
        ops.reshape(ops.reduceSum(value, [0, 3]), [1, groups * count]),
      );
      ops.output(port.sums, ops.concat(sums, 0));
    });
    return port;
  });
  return { program: ops.build(), ports };
}

/** Records every layer's mean of y over samples and positions, the constants about which moments are taken. */
export function traceShifts(network: CanonicalNetwork): MomentsProgram {
  const ops = new ProgramBuilder();
  const forward = traceForward(ops, network);
  const ports = allNeurons(network).map((range): MomentsPort => {
    const scope = forward.scopes.get(range.layer)!;
    const port = { ...range, shift: '', products: '', sums: `sums:${range.layer.name}` };
    const y = neuronsOf(scope, range.layer, linearForward(range.layer, scope).y, range);
    ops.output(
      port.sums,
      ops.reshape(ops.reduceSum(y, [0, 3]), [1, neuronLayout(range.layer).neurons]),
    );
    return port;
  });
  return { program: ops.build(), ports };
}
