import { type Backend, type TensorRecord } from '@patternlens/core';
import {
  drive,
  finishRelevance,
  targetInputs,
  traceDriver,
  type DrivenBatch,
  type Method,
} from '@patternlens/core/tracing';
import { asChoice, type BenchmarkJob } from './benchmark-job.js';
import type { SampleComparer } from './compared-sample.js';
import { topOf } from './distances.js';
import { explainedPart, sameTarget } from './explained-part.js';
import { countFlips, gatesOf, sameGates, type LayerFlips } from './flips.js';
import type { ReferenceRuns } from './reference-runs.js';
import { sampleOf } from './sample-of.js';

/** Relevance of one sample in float64, true to its exponent, by input. */
function relevanceOf({ families }: DrivenBatch, inputs: TensorRecord): Float64Array[] {
  const { relevanceByInput, exponents } = finishRelevance(families, inputs);
  const power = 2 ** exponents[0]!;
  return Object.values(relevanceByInput).map(({ data }) =>
    Float64Array.from(data, (value) => value * power),
  );
}

/** Compares a driver run by run: each of the reference's runs is under the decisions that the backend took
 * in the same one. Results are kept, decisions are not. */
export async function driverComparer(
  job: BenchmarkJob,
  method: Method,
  backend: Backend,
  reference: ReferenceRuns,
): Promise<SampleComparer> {
  const { network, patterns, plugins, target = 'top' } = job;
  const traced = traceDriver(network, {
    method: asChoice(method),
    patterns,
    plugins,
    gates: 'outputs',
    ...explainedPart(job),
  });
  const { ports } = traced;
  const kept = [ports.output, ports.targetUsed, ports.explained, ports.start, ports.exponent];
  const keep = (results: TensorRecord): TensorRecord =>
    Object.fromEntries(
      [...kept, ...ports.relevance.values()].map((name) => [name, results[name]!]),
    );
  const pair = await reference.pair(method);
  const executable = await backend.compile(traced.program);
  const targets = targetInputs(target, 1, traced.explainedShape);
  return {
    dispose: () => executable.dispose(),
    compare: async (at) => {
      const inputs = sampleOf(job.compared.inputs, at);
      const flips: LayerFlips[] = [];
      const underRuns: TensorRecord[] = [],
        freeRuns: TensorRecord[] = [];
      let alike = true;
      const run = async (values: TensorRecord): Promise<TensorRecord> => {
        const results = await executable.run(values);
        // The backend's target is the reference's too.
        const given = { ...values, ...sameTarget(traced, results[ports.targetUsed]!.data[0]!) };
        const free = await pair.free.run(given);
        const gates = gatesOf(results);
        const equal = sameGates(gates, free);
        alike &&= equal;
        const under = equal ? free : await pair.given.run({ ...given, ...gates });
        if (!equal)
          flips.push(
            ...countFlips(traced.network, { actual: results, free, under, inputs: values }),
          );
        underRuns.push(keep(under));
        freeRuns.push(keep(free));
        return keep(results);
      };
      // One at a time, as decisions are counted sample by sample.
      const driven = (runOne: typeof run): Promise<DrivenBatch> =>
        drive(traced, runOne, inputs, targets, { internalBatch: 1 });
      const actual = await driven(run);
      const [first] = freeRuns;
      const again = (runs: TensorRecord[]) => driven(() => Promise.resolve(runs.shift()!));
      return {
        own: relevanceOf(actual, inputs),
        underOwnGates: relevanceOf(await again(underRuns), inputs),
        free: relevanceOf(await again(freeRuns), inputs),
        sameGates: alike,
        sameClass: target !== 'top' || topOf(first![ports.output]!) === actual.targets[0]!,
        flips,
      };
    },
  };
}
