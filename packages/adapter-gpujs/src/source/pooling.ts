import type { OperationOf } from '@patternlens/core/backend';
import type { LoweredOf } from '../lowering/line.js';
import { linear, type KernelText, type Term } from './kernel-text.js';
import type { Source } from './operand.js';
import { product } from './sizes.js';
import { underWindow, windowsOver } from './windows.js';

const term = (value: string, factor: number): Term => ({ value, factor });

/** The text of a place in a plane of a value `[N, C, ...]`, of which planes have `size` elements. */
function planes(text: KernelText, size: number): (place: string) => string {
  const [sample, channel] = [text.coordinate(0), text.coordinate(1)];
  const start = text.constant(linear([term(sample, text.shape[1]! * size), term(channel, size)]));
  return (place) => `${start} + ${place}`;
}

const spatial = (shape: readonly number[]): readonly number[] => shape.slice(2);

const maxPool: Source<OperationOf<'maxPool'>> = (text, a, [x]) => {
  const input = spatial(x!.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(input));
  const largest = text.variable('-Infinity');
  underWindow(text, a, { input, output: spatial(text.shape) }, at, (from) => {
    text.line(`${largest} = Math.max(${largest}, ${x!.at(place(from))});`);
  });
  return largest;
};

const poolChoices: Source<LoweredOf<'poolChoices'>> = (text, a, [x]) => {
  const input = spatial(x!.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(input));
  const largest = text.variable('-Infinity');
  const choice = text.variable('-1');
  underWindow(text, a, { input, output: spatial(text.shape) }, at, (from, offset) => {
    const value = text.constant(x!.at(place(from)));
    text.when(`${value} > ${largest}`, () => {
      text.line(`${largest} = ${value};`);
      text.line(`${choice} = ${offset};`);
    });
  });
  return choice;
};

const switchesOf: Source<LoweredOf<'switchesOf'>> = (text, _a, [choices]) => {
  const [sample, channel, offset, ...at] = text.coordinates() as [
    string,
    string,
    string,
    ...string[],
  ];
  const output = text.shape.slice(3);
  const size = product(output);
  const strides = output.map((_, axis) => product(output.slice(axis + 1)));
  const choice = choices!.at(
    linear([
      term(sample, text.shape[1]! * size),
      term(channel, size),
      ...at.map((position, axis) => term(position, strides[axis]!)),
    ]),
  );
  const result = text.variable('0');
  text.when(`${text.constant(choice)} === ${offset}`, () => {
    text.line(`${result} = 1;`);
  });
  return result;
};

/** Where a switch stands: offsets stand between channels and positions. */
function switchAt(
  text: KernelText,
  offsets: number,
  size: number,
): (offset: string, place: string) => string {
  const [sample, channel] = [text.coordinate(0), text.coordinate(1)];
  const start = text.constant(
    linear([term(sample, text.shape[1]! * offsets * size), term(channel, offsets * size)]),
  );
  return (offset, place) => `${linear([term(start, 1), term(offset, size)])} + ${place}`;
}

/** The flat position of the element in its plane. */
const ownPlace = (text: KernelText): string => {
  const output = text.shape.slice(2);
  return text.constant(
    linear(
      output.map((_, axis) => term(text.coordinate(axis + 2), product(output.slice(axis + 1)))),
    ),
  );
};

const poolBySwitches: Source<OperationOf<'poolBySwitches'>> = (text, a, [x, switches]) => {
  const input = spatial(x!.shape),
    output = spatial(text.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(input));
  const outputPlace = ownPlace(text);
  const mark = switchAt(text, product(a.kernel), product(output));
  const sum = text.variable('0');
  underWindow(text, a, { input, output }, at, (from, offset) => {
    text.line(
      `${sum} = ${sum} + ${switches!.at(mark(offset, outputPlace))} * ${x!.at(place(from))};`,
    );
  });
  return sum;
};

const poolByChoices: Source<LoweredOf<'poolByChoices'>> = (text, a, [x, choices]) => {
  const input = spatial(x!.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(input));
  const choice = text.constant(choices!.at(text.index));
  const result = text.variable('0');
  underWindow(text, a, { input, output: spatial(text.shape) }, at, (from, offset) => {
    text.when(`${choice} === ${offset}`, () => {
      text.line(`${result} = ${x!.at(place(from))};`);
    });
  });
  return result;
};

const unpool: Source<OperationOf<'unpool'>> = (text, a, [r, switches]) => {
  const output = spatial(r!.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(output));
  const mark = switchAt(text, product(a.kernel), product(output));
  const sum = text.variable('0');
  windowsOver(text, a, { input: a.inputSpatial, output }, at, (from, offset) => {
    text.line(`${sum} = ${sum} + ${switches!.at(mark(offset, from))} * ${r!.at(place(from))};`);
  });
  return sum;
};

const unpoolByChoices: Source<LoweredOf<'unpoolByChoices'>> = (text, a, [r, choices]) => {
  const output = spatial(r!.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(output));
  const sum = text.variable('0');
  windowsOver(text, a, { input: a.inputSpatial, output }, at, (from, offset) => {
    text.when(`${choices!.at(place(from))} === ${offset}`, () => {
      text.line(`${sum} = ${sum} + ${r!.at(place(from))};`);
    });
  });
  return sum;
};

const avgPool: Source<OperationOf<'avgPool'>> = (text, a, [x]) => {
  const input = spatial(x!.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(input));
  const sum = text.variable('0');
  underWindow(text, a, { input, output: spatial(text.shape) }, at, (from) => {
    text.line(`${sum} = ${sum} + ${x!.at(place(from))};`);
  });
  return `(${sum} / ${product(a.kernel)})`;
};

const avgPoolInputGradient: Source<OperationOf<'avgPoolInputGradient'>> = (text, a, [r]) => {
  const output = spatial(r!.shape);
  const [, , ...at] = text.coordinates();
  const place = planes(text, product(output));
  const sum = text.variable('0');
  windowsOver(text, a, { input: a.inputSpatial, output }, at, (from) => {
    text.line(`${sum} = ${sum} + ${r!.at(place(from))};`);
  });
  return `(${sum} / ${product(a.kernel)})`;
};

/** Kernels of pools and their gradients. */
export const pooling = {
  maxPool,
  poolChoices,
  switchesOf,
  poolBySwitches,
  poolByChoices,
  unpool,
  unpoolByChoices,
  avgPool,
  avgPoolInputGradient,
};
