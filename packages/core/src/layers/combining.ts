import type { LayerDefinition } from './layer-definition.js';
import { unbroadcast } from './unbroadcast.js';

export const add: LayerDefinition<'add'> = {
  forward: ({ attributes }, { ops, inputs }) => {
    const first = attributes.signs[0] === -1 ? ops.neg(inputs[0]!) : inputs[0]!;
    return inputs
      .slice(1)
      .reduce(
        (total, x, index) =>
          attributes.signs[index + 1] === -1 ? ops.sub(total, x) : ops.add(total, x),
        first,
      );
  },
  gradient: ({ attributes }, { ops, inputs }, _output, r) =>
    inputs.map((x, index) =>
      unbroadcast(ops, attributes.signs[index] === -1 ? ops.neg(r) : r, x.shape),
    ),
};

export const concat: LayerDefinition<'concat'> = {
  forward: ({ attributes }, { ops, inputs }) => ops.concat(inputs, attributes.axis),
  gradient: ({ attributes: { axis } }, { ops, inputs }, _output, r) => {
    let start = 0;
    return inputs.map((x) => {
      const part = ops.slice(
        r,
        x.shape.map((_, a) => (a === axis ? start : 0)),
        x.shape,
      );
      start += x.shape[axis] as number;
      return part;
    });
  },
};
