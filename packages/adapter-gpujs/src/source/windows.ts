import type { PoolAttributes } from '@patternlens/core/backend';
import { linear, type KernelText, type Term } from './kernel-text.js';
import { product, stridesOf } from './sizes.js';

/** Offsets that are written one after the other; of larger windows they become loops. */
const MOST_OFFSETS = 36;

/** A place that a window joins: its flat index in a plane, and the offset of the kernel, as text. */
type Visit = (place: string, offset: string) => void;

interface Sizes {
  readonly input: readonly number[];
  readonly output: readonly number[];
}

const term = (value: string, factor: number): Term => ({ value, factor });

/** Runs `inside` where all conditions hold. */
function guarded(text: KernelText, conditions: readonly string[], inside: () => void): void {
  if (conditions.length === 0) inside();
  else text.when(conditions.join(' && '), inside);
}

/** Visits what lies under the window of the output position `at`, in row-major order; padding is left out. */
export function underWindow(
  text: KernelText,
  a: PoolAttributes,
  { input, output }: Sizes,
  at: readonly string[],
  visit: Visit,
): void {
  const unrolled = product(a.kernel) <= MOST_OFFSETS;
  const strides = stridesOf(input),
    offsets = stridesOf(a.kernel);
  const starts = at.map((position, axis) =>
    text.constant(linear([term(position, a.strides[axis]!)], -a.padsBegin[axis]!)),
  );
  const over = (axis: number, places: Term[], offset: Term[]): void => {
    if (axis === a.kernel.length) {
      visit(linear(places), linear(offset));
      return;
    }
    text.repeat(a.kernel[axis]!, unrolled, (tap) => {
      const place = text.constant(linear([term(starts[axis]!, 1), term(tap, a.dilations[axis]!)]));
      const known = unrolled ? Number(tap) : undefined;
      const first = (known ?? 0) * a.dilations[axis]! - a.padsBegin[axis]!;
      const last =
        (output[axis]! - 1) * a.strides[axis]! +
        (known ?? a.kernel[axis]! - 1) * a.dilations[axis]! -
        a.padsBegin[axis]!;
      const conditions = [
        ...(first < 0 ? [`${place} >= 0`] : []),
        ...(last >= input[axis]! ? [`${place} < ${input[axis]!}`] : []),
      ];
      guarded(text, conditions, () => {
        over(
          axis + 1,
          [...places, term(place, strides[axis]!)],
          [...offset, term(tap, offsets[axis]!)],
        );
      });
    });
  };
  over(0, [], []);
}

/** Visits the windows that the input position `at` lies under: their output positions, and the offset that it has in each. */
export function windowsOver(
  text: KernelText,
  a: PoolAttributes,
  { output }: Sizes,
  at: readonly string[],
  visit: Visit,
): void {
  const offsets = stridesOf(a.kernel),
    strides = stridesOf(output);
  const axes = a.kernel.map((kernel, axis) => {
    const stride = a.strides[axis]!,
      dilation = a.dilations[axis]!;
    const reach = text.constant(linear([term(at[axis]!, 1)], a.padsBegin[axis]));
    // Without dilation only offsets of one remainder reach a position.
    const steps = dilation === 1 ? Math.ceil(kernel / stride) : kernel;
    const whole = dilation === 1 ? text.quotient(reach, stride) : reach;
    const phase =
      dilation === 1 && stride > 1 ? text.constant(`${reach} - ${whole} * ${stride}`) : '0';
    return { kernel, stride, dilation, reach, steps, whole, phase };
  });
  const unrolled = product(axes.map(({ steps }) => steps)) <= MOST_OFFSETS;
  const over = (axis: number, places: Term[], offset: Term[]): void => {
    const current = axes[axis];
    if (!current) {
      visit(linear(places), linear(offset));
      return;
    }
    const inside = (place: string, tap: string, conditions: readonly string[]): void => {
      guarded(text, [`${place} >= 0`, `${place} < ${output[axis]!}`, ...conditions], () => {
        over(
          axis + 1,
          [...places, term(place, strides[axis]!)],
          [...offset, term(tap, offsets[axis]!)],
        );
      });
    };
    text.repeat(current.steps, unrolled, (step) => {
      if (current.dilation === 1) {
        const tap = text.constant(linear([term(current.phase, 1), term(step, current.stride)]));
        const place = text.constant(linear([term(current.whole, 1), term(step, -1)]));
        inside(
          place,
          tap,
          current.kernel % current.stride === 0 ? [] : [`${tap} < ${current.kernel}`],
        );
        return;
      }
      const reach = text.constant(linear([term(current.reach, 1), term(step, -current.dilation)]));
      text.when(`${reach} >= 0`, () => {
        const place = text.quotient(reach, current.stride);
        inside(
          place,
          step,
          current.stride === 1 ? [] : [`${place} * ${current.stride} === ${reach}`],
        );
      });
    });
  };
  over(0, [], []);
}
