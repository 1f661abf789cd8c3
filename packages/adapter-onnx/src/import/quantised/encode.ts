import type { Tensor } from '@patternlens/core';
import { isBatch, type Dim } from '@patternlens/core/tensor';
import {
  limitShape,
  type ConstantValue,
  type Place,
  type RuntimeValue,
} from '@patternlens/importing';
import { NamedValue, type OnnxNode } from '../node-view.js';
import { elementRange } from './element-range.js';
import { fixedScale, NOTHING, type Encoded } from './encoded.js';
import { realName, type QuantisedNode } from './quantised-node.js';
import { saturated } from './saturate.js';
import { alongOf, type Along } from './shares.js';

/** Scales or zero points as they broadcast against a value: along one axis, or each repeated over its block. */
export function besideValue(
  node: OnnxNode,
  { tensor: { data, shape: sizes } }: ConstantValue,
  shape: readonly Dim[],
  { axis, block }: Along,
): Tensor {
  if (data.length === 1) return { data, shape: [] };
  const counted = node.axis(axis, shape.length);
  const size = shape[counted]!;
  if (isBatch(size)) return node.unsupported('its scales vary along the batch.');
  if (sizes.length === 1 && sizes[0] === size)
    return { data, shape: [size, ...shape.slice(counted + 1).map(() => 1)] };
  const blocks = sizes[counted] ?? 0;
  const length = block > 0 ? block : Math.ceil(size / blocks);
  if (sizes.length !== shape.length || Math.ceil(size / length) !== blocks)
    return node.invalid(`scales of shape [${sizes.join(', ')}] do not fit its input.`);
  const inner = sizes.slice(counted + 1).reduce((all, other) => all * other, 1);
  const outer = data.length / (inner * blocks);
  limitShape(node, [outer, size, inner]);
  const repeated = Float64Array.from({ length: outer * size * inner }, (_, at) => {
    const block = Math.floor((Math.floor(at / inner) % size) / length);
    const before = Math.floor(at / (inner * size));
    return data[(before * blocks + block) * inner + (at % inner)]!;
  });
  return { data: repeated, shape: sizes.map((other, at) => (at === counted ? size : other)) };
}

export interface Encoding {
  readonly scale: ConstantValue;
  readonly zero: ConstantValue | undefined;
  /** The type of the elements, by ONNX's number. */
  readonly elements: number;
}

/** A computed value as the numbers that a node quantises it to: its roundings pass straight through, its ends stay as a clip.
 * @param word What the layer of the clip is called behind the node, where the node's own layer is another. */
export function encoded(
  q: QuantisedNode,
  x: RuntimeValue,
  { scale, zero, elements }: Encoding,
  word?: string,
): Encoded {
  q.tell();
  const { node, context } = q;
  const name = node.outputs[0]!;
  const range =
    elementRange(elements) ??
    node.unsupported('it quantises to elements of a type that is not supported.');
  const along = alongOf(node);
  const factor = besideValue(node, scale, x.shape, along);
  const shift = zero ? besideValue(node, zero, x.shape, along) : NOTHING;
  const layer = word === undefined ? node.layer : `${node.layer}/${word}`;
  const place = (output: string): Place =>
    new NamedValue({ kind: node.kind, name: node.name, layer }, () => output);
  let made: RuntimeValue | undefined;
  return {
    kind: 'encoded',
    name,
    elements,
    scale: fixedScale(factor),
    zero: shift,
    real: (output = realName(name)) =>
      (made ??= saturated(context, place(output), x, factor, shift, range)),
  };
}
