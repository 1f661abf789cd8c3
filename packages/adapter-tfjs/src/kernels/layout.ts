import { held } from '../layout/held.js';
import * as move from '../layout/move.js';
import type { Lowering } from './lowering.js';
import { physicalShape } from '../layout/order.js';
import { generated } from '../layout/constant.js';

const reshape: Lowering<'reshape'> = ({ tape }, _operation, [x], shape) =>
  move.reshape(tape, x!, shape);

const transpose: Lowering<'transpose'> = ({ tape }, { permutation }, [x]) =>
  move.transpose(tape, x!, permutation);

const broadcast: Lowering<'broadcast'> = ({ tape }, _operation, [x], shape) =>
  move.broadcast(tape, x!, shape);

const pad: Lowering<'pad'> = ({ tape }, { begin, end, value }, [x]) =>
  move.pad(tape, x!, begin, end, value);

const slice: Lowering<'slice'> = ({ tape }, { starts, steps }, [x], shape) =>
  move.slice(tape, x!, starts, shape, steps);

const concat: Lowering<'concat'> = ({ tape }, { axis }, operands) =>
  move.concat(tape, operands, axis);

const gather: Lowering<'gather'> = ({ tape }, { axis, indices }, [x], shape) => {
  const list = generated(`indices ${indices.join()}`, [indices.length], (at) => indices[at]!);
  const made = tape.call(
    'GatherV2',
    { x: x!.slot(x!.order), indices: tape.constant(list, [0], 'int32') },
    { axis: x!.order.indexOf(axis), batchDims: 0 },
    physicalShape(shape, x!.order),
  );
  return held(tape, made, shape, x!.order);
};

/** How what lays values out anew is made. */
export const layout = { reshape, transpose, broadcast, pad, slice, concat, gather };
