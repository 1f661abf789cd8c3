import { chooseMethod, type SampleSource } from '@patternlens/core';
import type { MetricContext } from '@patternlens/core/metrics';
import { readRecord } from '@patternlens/core/tensor';
import { methodNames } from '@patternlens/evaluate';
import type { CallContext } from '../compute/call-context.js';
import type { MeasureTold, MeasurementAsked } from '../compute/calls/measure-messages.js';
import { samplesFrom } from '../compute/calls/sample-supply.js';
import { backendOf, modelOf, type Session } from '../compute/session.js';

/** The seed of the command, so that it gives the same numbers. */
const SEED = 0;

/** Values of a batch of inputs: large inputs are computed one by one, so that a cancel is heard soon. */
const BATCH_VALUES = 100_000;
const LARGEST_BATCH = 32;

/** Milliseconds between reports to the page. */
const TOLD_EVERY = 100;

/** A measurement, and the page's name of a method that it names. */
export interface Measuring {
  readonly context: MetricContext;
  readonly textOf: (name: string) => string;
}

/** What metrics work with, of this worker's model, patterns and backend.
 * @param refit Samples that patterns are fitted on again, where a metric does that. */
export function metricContext(
  session: Session,
  { samples, methods }: MeasurementAsked,
  { signal, progress }: CallContext,
  refit?: SampleSource,
): Measuring {
  const { network } = modelOf(session);
  const choices = methods.map(({ id, parameters }) => chooseMethod(id, parameters));
  const texts = new Map(methodNames(choices).map((name, at) => [name, methods[at]!.text]));
  const source = samplesFrom(session, samples, { progress });
  const values = network.inputs[0]!.shape.reduce<number>(
    (all, size) => all * (Number(size) || 1),
    1,
  );
  let last = 0;
  return {
    textOf: (name) => texts.get(name) ?? name,
    context: {
      ...{ network, methods: choices, signal, seed: SEED },
      backend: backendOf(session),
      patterns: session.patterns,
      batch: Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_VALUES / values))),
      data: {
        count: source.count,
        read: (first, count) => readRecord(network, source.read(first, count)),
        ...(refit ? { splits: { fit: refit, regress: source, test: source } } : {}),
      },
      onProgress: (measured) => {
        const now = performance.now();
        if (measured.done < measured.total && now - last < TOLD_EVERY) return;
        last = now;
        progress({ measured } satisfies MeasureTold);
      },
    },
  };
}

/** A map whose keys are the page's names of methods. */
export const byText = <T>(map: ReadonlyMap<string, T>, { textOf }: Measuring): Map<string, T> =>
  new Map([...map].map(([name, value]) => [textOf(name), value]));
