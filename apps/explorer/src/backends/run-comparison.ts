import { cancelled, sentFailure, type SentFailure } from '../compute/call-failure.js';
import type { BackendId } from '../compute/backend-ids.js';
import { compareLayers, compareMethod, ready, timeMethod } from './compare-on.js';
import type { ComparedRow, Comparison } from './comparison.js';
import { markLoaded } from './parts.js';
import { change, setCell, setRow, step, type Running } from './running.js';

/** What a row is once all its methods were tried. */
function finished({ cells, failure: whole }: ComparedRow): Partial<ComparedRow> {
  const failures = [...cells.values()].flatMap(({ failure }) => (failure ? [failure] : []));
  const failure = whole ?? failures[0];
  if (!failure) return { status: 'done' };
  return { status: failure.isLacking ? 'lacking' : 'failed', failure };
}

/** Runs all methods on one backend. What fails is told in its row; only a cancel is thrown. */
async function runBackend(running: Running, id: BackendId): Promise<void> {
  const { parts, methods, signal } = running;
  const isReference = id === 'reference';
  const isOver = (): boolean => signal.aborted;
  const fail = (failure: SentFailure): void => {
    if (isOver()) throw cancelled('The comparison');
    setRow(running, id, (row) => finished({ ...row, failure }));
  };
  if (isOver()) throw cancelled('The comparison');
  setRow(running, id, () => ({ status: 'running' }));
  step(running, `${id}: starting`, 0);
  let done = 0;
  try {
    const client = await ready(running, id);
    const facts = await parts.engine.facts(id);
    markLoaded(parts, id);
    setRow(running, id, () => ({ facts }));
    for (const method of methods) {
      step(running, `${id}: ${method.text}`, Number(done++ > 0));
      try {
        await timeMethod(running, client, id, method);
        if (!isReference) await compareMethod(running, client, id, method);
      } catch (thrown) {
        if (client.isGone || isOver()) throw thrown;
        setCell(running, id, method.text, { failure: sentFailure(thrown) });
      }
    }
    if (!isReference) await compareLayers(running, client, id);
    setRow(running, id, finished);
  } catch (thrown) {
    fail(sentFailure(thrown));
  } finally {
    // What a runtime holds is given back before the next one starts.
    if (!isReference && !isOver()) parts.engine.end(id);
    step(running, id, methods.length - Math.max(0, done - 1));
  }
}

/** Runs a comparison that was begun, one backend after the other.
 * @throws CallFailure `cancelled`. */
export async function runComparison(running: Running): Promise<void> {
  const { parts, signal } = running;
  try {
    await runBackend(running, 'reference');
    for (const { id } of parts.comparison.peek()!.rows) await runBackend(running, id);
  } finally {
    if (!signal.aborted) parts.engine.end('reference');
    change(running, (comparison) => ({ ...comparison, step: undefined }));
  }
}

/** Rows that a cancel cut off say so. */
export function cutOff(comparison: Comparison): Comparison {
  const cut = (row: ComparedRow): ComparedRow =>
    row.status === 'waiting' || row.status === 'running'
      ? { ...row, status: 'failed', failure: cancelled('The comparison').failure }
      : row;
  return {
    ...comparison,
    step: undefined,
    reference: cut(comparison.reference),
    rows: comparison.rows.map(cut),
  };
}
