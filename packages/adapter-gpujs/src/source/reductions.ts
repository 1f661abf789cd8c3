import type { OperationOf } from '@patternlens/core/backend';
import { linear, pairwise, type KernelText, type Term } from './kernel-text.js';
import type { Operand, Source } from './operand.js';
import { stridesOf } from './sizes.js';

/** Elements that one pass through a loop reads. */
const UNROLLED = 8;

const term = (value: string, factor: number): Term => ({ value, factor });

/** Reads all elements that differ only in the reduced axes, some at a time. */
function reduced(
  text: KernelText,
  x: Operand,
  axes: readonly number[],
  combine: (elements: readonly string[]) => void,
): void {
  const strides = stridesOf(x.shape);
  const start = text.constant(
    linear(
      text.shape.map((_, axis) =>
        term(axes.includes(axis) ? '0' : text.coordinate(axis), strides[axis]!),
      ),
    ),
  );
  const long = axes.filter((axis) => x.shape[axis]! > 1);
  const inner = long.at(-1);
  const over = (at: number, terms: readonly Term[]): void => {
    const axis = long[at];
    if (axis === undefined) {
      combine([x.at(linear(terms))]);
      return;
    }
    const size = x.shape[axis]!,
      stride = strides[axis]!;
    if (axis !== inner) {
      text.repeat(size, false, (step) => {
        over(at + 1, [...terms, term(step, stride)]);
      });
      return;
    }
    const some = (first: readonly Term[], count: number): void => {
      const from = text.constant(linear([...terms, ...first]));
      combine(
        Array.from({ length: count }, (_, index) => x.at(linear([term(from, 1)], index * stride))),
      );
    };
    const whole = Math.floor(size / UNROLLED);
    if (whole > 0)
      text.repeat(whole, false, (step) => {
        some([term(step, UNROLLED * stride)], UNROLLED);
      });
    const rest = size - whole * UNROLLED;
    if (rest > 0) some([term(String(whole * UNROLLED), stride)], rest);
  };
  over(0, [term(start, 1)]);
}

const reduceSum: Source<OperationOf<'reduceSum'>> = (text, { axes }, [x]) => {
  const sum = text.variable('0');
  reduced(text, x!, axes, (elements) => {
    text.line(`${sum} = ${sum} + ${pairwise(elements)};`);
  });
  return sum;
};

const reduceMax: Source<OperationOf<'reduceMax'>> = (text, { axes }, [x]) => {
  const largest = text.variable('-Infinity');
  reduced(text, x!, axes, (elements) => {
    for (const element of elements) text.line(`${largest} = Math.max(${largest}, ${element});`);
  });
  return largest;
};

const argMax: Source<OperationOf<'argMax'>> = (text, _operation, [x]) => {
  const size = x!.shape.at(-1)!;
  const start = text.constant(linear([term(text.index, size)]));
  const largest = text.variable(x!.at(start));
  const best = text.variable('0');
  if (size > 1)
    text.repeat(size - 1, false, (at) => {
      const value = text.constant(x!.at(linear([term(start, 1), term(at, 1)], 1)));
      text.when(`${value} > ${largest}`, () => {
        text.line(`${largest} = ${value};`);
        text.line(`${best} = ${linear([term(at, 1)], 1)};`);
      });
    });
  return best;
};

const oneHot: Source<OperationOf<'oneHot'>> = (text, _operation, [indices]) => {
  const { shape } = text;
  const strides = stridesOf(shape.slice(0, -1));
  const index = text.constant(
    indices!.at(linear(strides.map((stride, axis) => term(text.coordinate(axis), stride)))),
  );
  const result = text.variable('0');
  text.when(`${index} === ${text.coordinate(shape.length - 1)}`, () => {
    text.line(`${result} = 1;`);
  });
  return result;
};

/** Kernels of reductions, and of what is reduced to indices and back. */
export const reductions = { reduceSum, reduceMax, argMax, oneHot };
