import type { App } from '../state/app.js';
import { isExplained, offeredClasses } from '../explain/classes.js';
import { className, targetText } from '../explain/target.js';
import type { MethodResult } from '../state/method-result.js';

const sumOf = ({ explanation }: MethodResult): number | null => explanation?.sums[0] ?? null;

/** The explanation that the page calls the current one: the first that is done. */
const current = (results: ReadonlyMap<string, MethodResult>) =>
  [...results.values()].find(({ status }) => status === 'done')?.explanation;

/** What is to be explained, as the prediction tells it, where nothing is explained yet. */
function offeredTarget({ state }: Pick<App, 'state'>): object {
  const offered = offeredClasses(state).find((each, rank) => isExplained(state, each, rank));
  if (!offered) return { name: state.target.peek(), value: null };
  const { target, index, name, value } = offered;
  return target.startsWith('channel')
    ? { channel: index, name: target, value }
    : { index, name, value };
}

function targetOf({ state }: App): object {
  const explanation = current(state.results.peek());
  const [target] = explanation?.targets ?? [];
  const value = explanation?.explained[0] ?? null;
  const model = state.model.peek();
  if (target === undefined || !model) return offeredTarget({ state });
  if (typeof target === 'number') return { index: target, name: className(model, target), value };
  return { ...target, name: targetText(target), value };
}

function reportOf({ state }: App): object {
  const model = state.model.peek();
  const kinds = new Map(model?.facts.layers.map(({ name, kind }) => [name, kind]));
  const refused = state.refusal.peek()?.layers ?? null;
  const methods = model?.facts.methods.map(({ id, report }) => ({
    id,
    works: report.supported,
    layers: report.problems.map(({ layer, reason }) => ({
      layer,
      kind: kinds.get(layer) ?? '',
      reason,
    })),
  }));
  return { refused, methods: methods ?? [] };
}

/** The state as programs outside read it: plain JSON. */
export function stateJson(app: App): object {
  const { state } = app;
  const model = state.model.peek();
  const place = state.place.peek();
  const patterns = state.patterns.peek();
  const trouble = state.trouble.peek();
  const output = state.output.peek();
  return {
    status: state.status.peek(),
    runs: state.runs.peek(),
    marks: { firstExplained: state.firstExplained.peek() ?? null },
    view: state.view.peek(),
    model: model
      ? {
          name: model.facts.name,
          format: model.facts.format,
          layers: model.facts.layers.length,
          patterns: patterns ? { samples: patterns.facts.samples, source: patterns.source } : null,
        }
      : null,
    report: reportOf(app),
    sample: place
      ? {
          source: place.set.source,
          index: place.index,
          count: place.set.count,
          name: place.set.nameOf(place.index),
        }
      : null,
    explainedOutput: model?.facts.explainedOutput ?? null,
    target: targetOf(app),
    output: output ? Array.from(output.value.data) : [],
    backend: { id: state.backend.peek(), note: state.backendNote.peek() },
    methods: [...state.results.peek()].map(([id, result]) => ({
      id,
      status: result.status,
      backend: result.backend,
      ms: result.ms ?? null,
      explained: result.explanation?.explained[0] ?? null,
      sum: sumOf(result),
      ...(result.reason === undefined ? {} : { reason: result.reason }),
    })),
    error: trouble ? { code: trouble.code, sentence: trouble.sentence } : null,
    // Copies: what a program outside does with them changes nothing here.
    ...Object.fromEntries(
      Object.entries(state.told).map(([name, told]) => [name, structuredClone(told.peek())]),
    ),
  };
}
