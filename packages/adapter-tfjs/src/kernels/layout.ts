import { held } from '../layout/held.js';
import * as move from '../layout/move.js';
import type { Lowering } from './lowering.js';
import { physicalShape } from '../layout/order.js';
import { generated } from '../layout/constant.js';

export const reshape: Lowering<'reshape'> = ({ tape }, _operation, [x], shape) =>
  move.reshape(tape, x!, shape);

export const transpose: Lowering<'transpose'> = ({ tape }, { permutation }, [x]) =>
  move.transpose(tape, x!, permutation);

export const broadcast: Lowering<'broadcast'> = ({ tape }, _operation, [x], shape) =>
  move.broadcast(tape, x!, shape);

export const pad: Lowering<'pad'> = ({ tape }, { begin, end, value }, [x]) =>
  move.pad(tape, x!, begin, end, value);

export const slice: Lowering<'slice'> = ({ tape }, { starts, steps }, [x], shape) =>
  move.slice(tape, x!, starts, shape, steps);

export const concat: Lowering<'concat'> = ({ tape }, { axis }, operands) =>
  move.concat(tape, operands, axis);

export const gather: Lowering<'gather'> = ({ tape }, { axis, indices }, [x], shape) => {
  const list = generated(`indices ${indices.join()}`, [indices.length], (at) => indices[at]!);
  const made = tape.call(
    'GatherV2',
    { x: x!.slot(x!.order), indices: tape.constant(list, [0], 'int32') },
    { axis: x!.order.indexOf(axis), batchDims: 0 },
    physicalShape(shape, x!.order),
  );
  return held(tape, made, shape, x!.order);
};
