import type { BackendResult, MethodAgreement, MethodResult } from '../report/benchmark-report.js';

/** The margin of a decision, as a share of its layer's largest value, above which two backends must decide alike. */
const CLEAR = 1e-4;

/** Layers whose decisions differ from the reference's by more than rounding explains. */
export const clearFlips = (agreement: Pick<MethodAgreement, 'flips'> | undefined): string[] =>
  agreement?.flips.filter(({ margin }) => margin > CLEAR).map(({ layer }) => layer) ?? [];

/** Why results do not pass the gate, in words; undefined where they do. A method that gave no result does not pass. */
export function gateFailure(
  backends: readonly BackendResult[],
  failAbove: number,
): string | undefined {
  const named = (fails: (result: MethodResult) => boolean): string[] =>
    backends.flatMap(({ backend, methods }) =>
      methods.filter(fails).map(({ method }) => `${method} on ${backend}`),
    );
  const failed = [
    ...backends.filter(({ failure }) => failure !== undefined).map(({ backend }) => backend),
    ...named(({ failure }) => failure !== undefined),
  ];
  const above = named(
    ({ agreement }) => agreement !== undefined && !(agreement.equalGates.relativeL2 <= failAbove),
  );
  const decided = named(({ agreement }) => clearFlips(agreement).length > 0);
  const said = (words: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${words}: ${names.join(', ')}.`];
  const reasons = [
    ...said(`above --fail-above ${failAbove}`, above),
    ...said('decisions that differ by more than rounding', decided),
    ...said('no result', failed),
  ];
  return reasons.length === 0 ? undefined : reasons.join(' ');
}
