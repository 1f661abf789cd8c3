import type { Agreement } from './agreement.js';
import type { BackendBench, MethodBench } from './run-bench.js';

/** The margin of a decision, as a share of its layer's largest value, above which two backends must decide alike. */
const CLEAR = 1e-4;

/** Layers that decide otherwise than the reference where that is no matter of rounding. */
export const clearFlips = (agreement: Agreement | undefined): string[] =>
  agreement?.flips.filter(({ margin }) => margin > CLEAR).map(({ layer }) => layer) ?? [];

/** Why a bench does not pass the gate, in words; undefined where it does. A method that gave no result does not pass. */
export function gateFailure(
  benches: readonly BackendBench[],
  failAbove: number,
): string | undefined {
  const named = (fails: (bench: MethodBench) => boolean): string =>
    benches
      .flatMap(({ backend, methods }) =>
        methods.filter(fails).map(({ method }) => `${method} on ${backend}`),
      )
      .join(', ');
  const failed = named(({ error }) => error !== undefined);
  const above = named(
    ({ agreement }) => agreement !== undefined && !(agreement.equalGates.relativeL2 <= failAbove),
  );
  const decided = named(({ agreement }) => clearFlips(agreement).length > 0);
  const reasons = [
    ...(above === '' ? [] : [`above --fail-above ${failAbove}: ${above}.`]),
    ...(decided === '' ? [] : [`decisions that differ by more than rounding: ${decided}.`]),
    ...(failed === '' ? [] : [`no result: ${failed}.`]),
  ];
  return reasons.length === 0 ? undefined : reasons.join(' ');
}
