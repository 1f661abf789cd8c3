import { traceMethod, type Network, type Tensor } from '@patternlens/core';
import { isBatch } from '@patternlens/core/tensor';
import { forwardProgram } from '@patternlens/core/tracing';
import { interpret } from '@patternlens/reference';

/** Half the difference that a slope is measured over, and how far inputs are moved off places where a function has corners. */
const STEP = 1e-5;
const OFF = 1e-2;
/** What is measured of one case. */
const OUTPUTS = 6;
const ENTRIES = 24;
const TRIES = 6;
/** Above it a step is lost in rounding. */
const LARGEST = 1e8;

type Inputs = Readonly<Record<string, Tensor>>;

/** A generator of numbers from -1 to 1, the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** Evenly chosen places of a list. */
function spread(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, at) => Math.floor(((at + 0.5) * count) / taken));
}

const onInputs = (inputs: Inputs, change: (name: string, value: Tensor) => Tensor): Inputs =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, change(name, value)]));

/** Numbers beyond this are not of the function's own making: files hold memory that nothing was written to. */
const LARGE = 1e6;

/** A number a little off where it is stored: to either side, away from 0, or towards it; where all that fails above 0, for functions that are defined there only. */
function beside(stored: number, step: number, attempt: number): number {
  if (Math.abs(stored) > LARGE) return step / OFF;
  const value = attempt < 3 ? stored : Math.abs(stored);
  const side = attempt % 3;
  if (side === 0) return value + step;
  const away = Math.abs(step) * (value < 0 ? -1 : 1);
  return side === 1
    ? value + away
    : value - Math.min(Math.abs(step), Math.abs(value) / 2) * Math.sign(value);
}

/** The first sample, a little off where it is stored. */
function firstSample(network: Network, inputs: Inputs, attempt: number): Inputs {
  const random = numbers(attempt + 1);
  return onInputs(inputs, (name, { data, shape }) => {
    const free = isBatch(network.inputs.find((input) => input.name === name)!.shape[0]);
    const count = free ? data.length / shape[0]! : data.length;
    const moved = Float64Array.from(data.slice(0, count), (value) =>
      Number.isFinite(value) ? beside(value, OFF * random(), attempt) : value,
    );
    return { data: moved, shape: free ? [1, ...shape.slice(1)] : shape };
  });
}

/** The difference quotient along a direction, of every output. */
function slopes(network: Network, inputs: Inputs, along: Inputs): Float64Array {
  const program = forwardProgram(network);
  const at = (step: number): Tensor =>
    interpret(
      program,
      onInputs(inputs, (name, { data, shape }) => ({
        data: Float64Array.from(data, (value, entry) =>
          // What is not finite, or so large that a step is lost in it, stays what it is.
          Math.abs(value) < LARGEST ? value + step * along[name]!.data[entry]! : value,
        ),
        shape,
      })),
    )[network.outputs[0]!]!;
  const above = at(STEP).data,
    below = at(-STEP).data;
  return Float64Array.from(above, (value, entry) => (value - below[entry]!) / (2 * STEP));
}

interface Direction {
  readonly along: Inputs;
  readonly measured: Float64Array;
}

/** One random direction over all inputs, and single entries of each. */
function directions(network: Network, inputs: Inputs): Direction[] {
  const random = numbers(11);
  const zero = ({ data, shape }: Tensor): Tensor => ({
    data: new Float64Array(data.length),
    shape,
  });
  const all = [
    onInputs(inputs, (_, { data, shape }) => ({
      data: Float64Array.from(data, (value) => (Math.abs(value) < LARGEST ? random() : 0)),
      shape,
    })),
  ];
  for (const [name, { data }] of Object.entries(inputs))
    for (const entry of spread(data.length, ENTRIES)) {
      if (!(Math.abs(data[entry]!) < LARGEST)) continue;
      const along = onInputs(inputs, (_, value) => zero(value));
      along[name]!.data[entry] = 1;
      all.push(along);
    }
  return all.map((along) => ({ along, measured: slopes(network, inputs, along) }));
}

const inner = (gradients: Inputs, along: Inputs): number =>
  Object.entries(gradients).reduce((total, [name, { data }]) => {
    const steps = along[name]!.data;
    for (let at = 0; at < data.length; at++) if (steps[at] !== 0) total += data[at]! * steps[at]!;
    return total;
  }, 0);

/** The gradient of one number of the output to every input. */
function gradientOf(
  { program, ports }: ReturnType<typeof traceMethod>,
  inputs: Inputs,
  target: number,
): Inputs {
  const results = interpret(program, {
    ...inputs,
    [ports.target]: { data: Float64Array.of(target), shape: [1] },
  });
  return onInputs(inputs, (name) => results[ports.relevance.get(name)!]!);
}

/** What was compared, and the first difference. */
export interface GradientCheck {
  readonly checks: number;
  readonly wrong?: string;
}

function checkAt(network: Network, inputs: Inputs): GradientCheck {
  const traced = traceMethod(network, { method: 'gradient', start: 'one', keepOutput: true });
  const measured = directions(network, inputs);
  // Where a root of a negative number is among the outputs, the gradient to that number is no number either, for any target.
  const hasNaN = measured[0]!.measured.some(Number.isNaN);
  let checks = 0;
  for (const target of spread(measured[0]!.measured.length, OUTPUTS)) {
    const gradient = gradientOf(traced, inputs, target);
    for (const { along, measured: slope } of measured) {
      const wanted = slope[target]!;
      if (!Number.isFinite(wanted)) continue;
      const given = inner(gradient, along);
      if (hasNaN && Number.isNaN(given)) continue;
      checks++;
      if (!(Math.abs(given - wanted) <= 1e-4 * Math.max(1, Math.abs(wanted))))
        return { checks, wrong: `output ${target}: ${given} where the slope is ${wanted}` };
    }
  }
  return { checks };
}

/** Compares the gradient with central differences in float64, close to the stored inputs; a corner there is left by another step off them. */
export function checkGradient(network: Network, inputs: Inputs): GradientCheck {
  let last: GradientCheck = { checks: 0 };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const made = checkAt(network, firstSample(network, inputs, attempt));
    if (made.wrong === undefined && made.checks > 0) return made;
    last = made;
  }
  return last;
}
