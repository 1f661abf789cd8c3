import { cancelled, sentFailure, type SentFailure } from '../compute/call-failure.js';
import type { BackendId } from '../compute/backend-ids.js';
import type { ComputeClient } from '../compute/client.js';
import { planeOf } from '../compute/plane-of.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { sampleName, type ComparedSetting } from './compared-setting.js';
import { withRow, type ComparedCell, type ComparedRow, type Comparison } from './comparison.js';
import { markLoaded, type BackendsParts } from './parts.js';
import { withServedBackend, type ServedPort } from './serve-reference.js';

/** Warm runs of a method on a backend at most; the reference, which is only held against, has one. */
const WARM = 20;

/** A comparison under way. */
interface Running {
  readonly parts: BackendsParts;
  readonly setting: ComparedSetting;
  readonly methods: readonly ChosenMethod[];
  readonly signal: AbortSignal;
}

/** One that was cancelled says no more: another may have begun. */
const change = ({ parts, signal }: Running, next: (before: Comparison) => Comparison): void => {
  if (signal.aborted) return;
  parts.comparison.value = next(parts.comparison.peek()!);
};

const setRow = (
  running: Running,
  id: BackendId,
  next: (row: ComparedRow) => Partial<ComparedRow>,
): void => {
  change(running, (comparison) => withRow(comparison, id, next));
};

const setCell = (running: Running, id: BackendId, text: string, cell: ComparedCell): void => {
  setRow(running, id, ({ cells }) => ({
    cells: new Map(cells).set(text, { ...cells.get(text), ...cell }),
  }));
};

const step = (running: Running, what: string, count = 1): void => {
  change(running, (comparison) => {
    const { done = 0, total = 1 } = comparison.step ?? {};
    return { ...comparison, step: { what, done: Math.min(total, done + count), total } };
  });
};

/** What the reference compares by, on the port of another worker. */
const compared = ({ setting }: Running, backend: BackendId, { port }: ServedPort) => ({
  ...{ port, backend, key: setting.key, sample: sampleName(setting) },
  inputs: setting.sample.inputs,
  target: setting.target,
  preprocessing: setting.place.set.preprocessing?.values,
});

const ready = ({ parts, setting }: Running, id: BackendId): Promise<ComputeClient> =>
  parts.engine.ready(id, setting.model.files, setting.patterns);

async function timeMethod(
  running: Running,
  client: ComputeClient,
  id: BackendId,
  { text, id: method, parameters }: ChosenMethod,
): Promise<void> {
  const { setting, signal } = running;
  const timed = await client.call(
    'timeMethod',
    {
      ...{ method, parameters, inputs: setting.sample.inputs, target: setting.target },
      most: id === 'reference' ? 1 : WARM,
    },
    { signal },
  );
  const axes = setting.model.facts.inputs[0]!.axes;
  const { relevance, exponents } = timed.explanation;
  const power = 2 ** exponents[0]!;
  const { data, shape } = relevance;
  const map = planeOf({ shape, data: Float64Array.from(data, (value) => value * power) }, axes);
  setCell(running, id, text, { timed, map });
}

async function compareMethod(
  running: Running,
  client: ComputeClient,
  id: BackendId,
  { text, id: method, parameters }: ChosenMethod,
): Promise<void> {
  const reference = await ready(running, 'reference');
  const { agreement, difference } = await withServedBackend(client, running.signal, (served) =>
    reference.call(
      'compare',
      { ...compared(running, id, served), method, parameters },
      { signal: served.signal, handOver: [served.port] },
    ),
  );
  setCell(running, id, text, { agreement, difference });
}

async function compareLayers(
  running: Running,
  client: ComputeClient,
  id: BackendId,
): Promise<void> {
  const reference = await ready(running, 'reference');
  const { name } = running.setting.model.facts;
  const layers = await withServedBackend(client, running.signal, (served) =>
    reference.call(
      'compareLayers',
      { ...compared(running, id, served), name },
      { signal: served.signal, handOver: [served.port] },
    ),
  );
  setRow(running, id, () => ({ layers }));
}

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
  const fail = (failure: SentFailure): void => {
    if (signal.aborted) throw cancelled('The comparison');
    setRow(running, id, (row) => finished({ ...row, failure }));
  };
  if (signal.aborted) throw cancelled('The comparison');
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
        if (client.isGone || signal.aborted) throw thrown;
        setCell(running, id, method.text, { failure: sentFailure(thrown) });
      }
    }
    if (!isReference) await compareLayers(running, client, id);
    setRow(running, id, finished);
  } catch (thrown) {
    fail(sentFailure(thrown));
  } finally {
    // What a runtime holds is given back before the next one starts.
    if (!isReference && !signal.aborted) parts.engine.end(id);
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
