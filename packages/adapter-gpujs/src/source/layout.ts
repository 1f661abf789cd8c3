import type { OperationOf } from '@patternlens/core/backend';
import type { LoweredOf } from '../lowering/line.js';
import { linear, type KernelText, type Term } from './kernel-text.js';
import { readBroadcast, type Operand, type Source } from './operand.js';
import { stridesOf } from './sizes.js';

const term = (value: string, factor: number): Term => ({ value, factor });

const transpose: Source<OperationOf<'transpose'>> = (text, { permutation }, [x]) => {
  const strides = stridesOf(x!.shape);
  return x!.at(linear(permutation.map((axis, to) => term(text.coordinate(to), strides[axis]!))));
};

const slice: Source<OperationOf<'slice'>> = (text, { starts, steps }, [x]) => {
  const strides = stridesOf(x!.shape);
  const first = starts.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
  return x!.at(
    linear(
      strides.map((stride, axis) => term(text.coordinate(axis), stride * steps[axis]!)),
      first,
    ),
  );
};

/** `x` moved by `begin`, with a value around it. */
function around(text: KernelText, x: Operand, begin: readonly number[], value: number): string {
  const strides = stridesOf(x.shape);
  const places = text
    .coordinates()
    .map((at, axis) => text.constant(linear([term(at, 1)], -begin[axis]!)));
  const conditions = places.flatMap((place, axis) => [
    ...(begin[axis]! > 0 ? [`${place} >= 0`] : []),
    ...(text.shape[axis]! - begin[axis]! > x.shape[axis]! ? [`${place} < ${x.shape[axis]!}`] : []),
  ]);
  const from = x.at(linear(places.map((place, axis) => term(place, strides[axis]!))));
  if (conditions.length === 0) return from;
  const result = text.variable(String(value));
  text.when(conditions.join(' && '), () => {
    text.line(`${result} = ${from};`);
  });
  return result;
}

const pad: Source<OperationOf<'pad'>> = (text, { begin, value }, [x]) =>
  around(text, x!, begin, value);

const frame: Source<LoweredOf<'frame'>> = (text, { begin, value }, [x]) =>
  around(text, x!, begin, value);

const broadcast: Source<OperationOf<'broadcast'>> = (text, _operation, [x]) =>
  readBroadcast(text, x!);

const concat: Source<OperationOf<'concat'>> = (text, { axis }, operands) => {
  const at = text.coordinates();
  const result = text.variable('0');
  let start = 0;
  operands.forEach((operand, index) => {
    const strides = stridesOf(operand.shape);
    const from = linear(
      strides.map((stride, each) => term(at[each]!, stride)),
      -start * strides[axis]!,
    );
    const begin = start;
    start += operand.shape[axis]!;
    const conditions = [
      ...(index > 0 ? [`${at[axis]!} >= ${begin}`] : []),
      ...(index < operands.length - 1 ? [`${at[axis]!} < ${start}`] : []),
    ];
    const take = (): void => {
      text.line(`${result} = ${operand.at(from)};`);
    };
    if (conditions.length === 0) take();
    else text.when(conditions.join(' && '), take);
  });
  return result;
};

const gatherRows: Source<LoweredOf<'gatherRows'>> = (text, { axis }, [x, indices]) => {
  const strides = stridesOf(x!.shape);
  const row = text.constant(`Math.floor(${indices!.at(text.coordinate(axis))})`);
  return x!.at(
    linear(
      strides.map((stride, each) => term(each === axis ? row : text.coordinate(each), stride)),
    ),
  );
};

/** Kernels of what lays values out anew. */
export const layout = { transpose, broadcast, pad, frame, slice, concat, gatherRows };
