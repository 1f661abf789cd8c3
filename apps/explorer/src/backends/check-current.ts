import { effect } from '@preact/signals-core';
import { isCancelled, sentFailure } from '../compute/call-failure.js';
import type { Engine } from '../compute/engine.js';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { clearFlips } from '@patternlens/benchmark';
import { LIMIT } from './limits.js';
import { comparedSetting, sampleName, type ComparedSetting } from './compared-setting.js';
import { comparedAlready } from './compared-already.js';
import { checkOf, type CurrentCheck } from './current-check.js';
import { withServedBackend } from './serve-reference.js';

/** Networks up to this many multiplications a pass are checked without being asked. */
const LIGHT = 5e6;
/** Milliseconds of rest before a check: a class that is clicked next goes first. */
const REST = 600;

async function check(
  app: App,
  engine: Engine,
  { setting, methods, signal: cancel }: Asked,
): Promise<CurrentCheck> {
  const { model, patterns, sample, target, place, key } = setting;
  const backend = app.state.backend.peek();
  let error = 0,
    isEqual = true;
  for (const { id, parameters } of methods) {
    const client = await app.engine.ready(backend, model.files, patterns);
    const reference = await engine.ready('reference', model.files, patterns);
    const { agreement } = await withServedBackend(client, cancel, ({ port, signal: ends }) =>
      reference.call(
        'compare',
        {
          ...{ port, backend, key, sample: sampleName(setting), inputs: sample.inputs, target },
          ...{ method: id, parameters, preprocessing: place.set.preprocessing?.values },
        },
        { signal: ends, handOver: [port] },
      ),
    );
    const { relativeL2 } = agreement.equalGates;
    error = Math.max(error, relativeL2);
    isEqual &&= relativeL2 <= LIMIT && agreement.sameClass && clearFlips(agreement).length === 0;
  }
  return { status: 'done', error, isEqual };
}

interface Asked {
  readonly setting: ComparedSetting;
  readonly methods: readonly ChosenMethod[];
  readonly signal: AbortSignal;
}

/** The quick methods whose maps are on the screen; undefined while some are still to come. */
function shownMethods({ state }: App): readonly ChosenMethod[] | undefined {
  const results = state.results.value;
  const facts = state.model.value?.facts.methods ?? [];
  const isPending = [...results.values()].some(({ status }) => status === 'pending');
  if (isPending || state.working.value.size > 0) return undefined;
  return state.methods.value.filter(
    ({ id, text }) =>
      results.get(text)?.status === 'done' && !facts.find((each) => each.id === id)?.isDriver,
  );
}

/** Holds the maps on the screen against float64, in a worker by itself, once nothing else runs. */
export function checkCurrent(app: App): void {
  const { state } = app;
  const engine = app.engine.another();
  const current = checkOf(app);
  let last = '';
  let running = new AbortController();
  const begin = (setting: ComparedSetting, methods: readonly ChosenMethod[]): void => {
    const { signal: ends } = running;
    current.value = { status: 'running' };
    check(app, engine, { setting, methods, signal: ends }).then(
      (result) => {
        if (!ends.aborted) current.value = result;
      },
      (thrown: unknown) => {
        if (ends.aborted) return;
        const { sentence } = sentFailure(thrown);
        current.value = isCancelled(thrown) ? { status: 'none' } : { status: 'failed', sentence };
      },
    );
  };
  effect(() => {
    const setting = comparedSetting(app);
    const methods = shownMethods(app);
    const backend = state.backend.value;
    const texts = methods?.map(({ text }) => text).join(' ');
    const now = JSON.stringify([setting?.key, backend, texts]);
    if (now === last) return;
    last = now;
    running.abort();
    running = new AbortController();
    const { signal: ends } = running;
    current.value = { status: 'none' };
    if (!setting || !methods?.length || backend === 'reference') return;
    const known = comparedAlready(app, setting, methods);
    if (known) {
      current.value = known;
      return;
    }
    if (setting.model.facts.macs > LIGHT) {
      current.value = {
        status: 'offered',
        run: () => {
          begin(setting, methods);
        },
      };
      return;
    }
    setTimeout(() => {
      if (!ends.aborted) begin(setting, methods);
    }, REST);
  });
}
