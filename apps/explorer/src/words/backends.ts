import { agrees } from '../backends/agrees.js';
import { briefError, counted } from '@patternlens/page';
import type { BackendId } from '../compute/backend-ids.js';

/** What a verdict is about: one backend's worst numbers over the methods. */
export interface Judged {
  readonly id: BackendId;
  readonly status: 'waiting' | 'running' | 'done' | 'lacking' | 'failed';
  readonly equalGates: number | null;
  readonly flipCount: number;
  /** Layers whose decisions differ by more than rounding. */
  readonly clear: readonly string[];
  readonly sameClass: boolean;
  readonly isCancelled: boolean;
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;

const distance = (error: number): string =>
  Number.isFinite(error)
    ? `is at ${briefError(error)} under equal gates`
    : 'gives values that are not finite';

/** What a backend that differs differs in. */
function difference({ id, equalGates, clear, sameClass }: Judged, limit: number): string {
  const said = [
    ...(equalGates !== null && equalGates <= limit ? [] : [distance(equalGates ?? NaN)]),
    ...(clear.length === 0 ? [] : [`decides otherwise by more than rounding in ${listed(clear)}`]),
    ...(sameClass ? [] : ['names another class']),
  ];
  return `${id} ${listed(said)}.`;
}

/** What a comparison found, in a sentence or a few. */
export function verdict(rows: readonly Judged[], limit: number): string {
  const ran = rows.filter(({ equalGates }) => equalGates !== null);
  const good = ran.filter((row) => agrees(row, limit));
  const differing = ran.filter((row) => !agrees(row, limit));
  const without = (status: Judged['status'], isCancelled = false): string[] =>
    rows
      .filter((row) => row.status === status && row.isCancelled === isCancelled)
      .map(({ id }) => id);
  const partly = (ids: readonly string[]): string => (ids.length === 1 ? 'is' : 'are');
  const lacking = without('lacking');
  const failed = without('failed');
  const cut = without('failed', true);
  const largest = Math.max(0, ...good.map(({ equalGates }) => equalGates!));
  const flips = Math.max(0, ...good.map(({ flipCount }) => flipCount));
  const rounding =
    flips === 0
      ? 'no decision differs'
      : `${good.length > 1 ? 'up to ' : ''}${counted(flips, 'decision differs', 'decisions differ')} by rounding`;
  return [
    ran.length === 0
      ? 'No backend gave an explanation.'
      : good.length === 0
        ? `${ran.length === 1 ? 'The backend' : `None of ${ran.length} backends`} ${ran.length === 1 ? 'does not give' : 'gives'} the explanation of float64 (limit ${briefError(limit)}).`
        : `${good.length} of ${ran.length} ${ran.length === 1 ? 'backend gives' : 'backends give'} the same explanation (largest difference ${briefError(largest)} under equal gates; ${rounding}).`,
    ...differing.map((row) => difference(row, limit)),
    ...(lacking.length === 0 ? [] : [`${listed(lacking)} can't run here.`]),
    ...(failed.length === 0 ? [] : [`${listed(failed)} failed.`]),
    ...(cut.length === 0 ? [] : [`${listed(cut)} ${partly(cut)} not compared: it was cancelled.`]),
  ].join(' ');
}

export const WORDS = {
  intro:
    'Each backend explains the same sample, class and methods in a worker of its own; float64 in plain JavaScript is what they are held against.',
  ask: 'Tick backends, then compare them. Nothing is loaded before.',
  nothing: 'No model is open.',
  noMethods: 'No method that is ticked can explain this network. Tick one under Explain.',
  stale: 'The page shows something else by now. Compare again for it.',
  blink: 'Hold b, or the button, to swap the two maps. The arrow keys move the cursor in all maps.',
  equal:
    'Equal gates: float64 runs under the decisions that the backend took (rectifiers, pools), so that what is left is rounding. Free gates: float64 decides for itself, and one decision within rounding of zero may change the map although nothing is wrong. A decision that differs by a margin under 1e-4 of its layer’s largest value is rounding.',
  plainReport: 'The report page is not beside this page, so the report was saved as JSON.',
} as const;
