import { tensor, type Backend, type TensorRecord } from '@patternlens/core';
import {
  drive,
  finishRelevance,
  targetInputs,
  traceDriver,
  type DrivenBatch,
  type Method,
} from '@patternlens/core/tracing';
import type { AgreementResult, Distances, MethodAgreement } from '../report/benchmark-report.js';
import { asChoice, type BenchmarkJob } from './benchmark-job.js';
import { distancesOf, EQUAL, topOf, worstOf } from './distances.js';
import { countFlips, gatesOf, sameGates, sumFlips, type LayerFlips } from './flips.js';
import type { ReferenceRuns } from './reference-runs.js';
import { sampleOf } from './sample-of.js';
import { worstSample } from './worst-sample.js';

/** Relevance of one sample in float64, true to its exponent, by input. */
function relevanceOf({ families }: DrivenBatch, inputs: TensorRecord): Float64Array[] {
  const { relevanceByInput, exponents } = finishRelevance(families, inputs);
  const power = 2 ** exponents[0]!;
  return Object.values(relevanceByInput).map(({ data }) =>
    Float64Array.from(data, (value) => value * power),
  );
}

const distanceOf = (
  actual: readonly Float64Array[],
  reference: readonly Float64Array[],
): Distances => actual.map((values, at) => distancesOf(values, reference[at]!)).reduce(worstOf);

/** Compares a driver on a backend with the reference, run by run: each of the reference's runs is under the decisions that the backend took
 * in the same one. Results are kept, decisions are not. */
export async function compareDriver(
  job: BenchmarkJob,
  method: Method,
  backend: Backend,
  reference: ReferenceRuns,
): Promise<MethodAgreement> {
  const { compared, network, patterns, plugins } = job;
  const traced = traceDriver(network, {
    method: asChoice(method),
    patterns,
    plugins,
    gates: 'outputs',
  });
  const { ports } = traced;
  const kept = [ports.output, ports.targetUsed, ports.explained, ports.start, ports.exponent];
  const keep = (results: TensorRecord): TensorRecord =>
    Object.fromEntries(
      [...kept, ...ports.relevance.values()].map((name) => [name, results[name]!]),
    );
  const pair = await reference.pair(method);
  const executable = await backend.compile(traced.program);
  const targets = targetInputs('top', 1, traced.explainedShape);
  const flips: LayerFlips[] = [];
  let equalGates = EQUAL,
    freeGates = EQUAL,
    sameClass = true,
    worst: AgreementResult['worst'];
  try {
    for (const [at, name] of compared.names.entries()) {
      const inputs = sampleOf(compared.inputs, at);
      const underRuns: TensorRecord[] = [],
        freeRuns: TensorRecord[] = [];
      const run = async (values: TensorRecord): Promise<TensorRecord> => {
        const results = await executable.run(values);
        // The backend's target is the reference's too.
        const target = Float32Array.from(results[ports.targetUsed]!.data);
        const given = { ...values, [ports.target]: tensor(target, [1]) };
        const free = await pair.free.run(given);
        const gates = gatesOf(results);
        const equal = sameGates(gates, free);
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
      sameClass &&= topOf(freeRuns[0]![ports.output]!) === actual.targets[0]!;
      const again = (runs: TensorRecord[]) => driven(() => Promise.resolve(runs.shift()!));
      const relevance = relevanceOf(actual, inputs);
      const expected = relevanceOf(await again(underRuns), inputs);
      const distance = distanceOf(relevance, expected);
      equalGates = worstOf(equalGates, distance);
      freeGates = worstOf(
        freeGates,
        distanceOf(relevance, relevanceOf(await again(freeRuns), inputs)),
      );
      // A distance that is no number is the worst of all.
      if (!worst || !(distance.relativeL2 <= worst.relativeL2)) {
        const input = inputs[network.inputs[0]!.name]!;
        worst = worstSample(job, name, distance.relativeL2, input, relevance[0]!, expected[0]!);
      }
    }
  } finally {
    await executable.dispose();
  }
  return {
    samples: compared.names.length,
    equalGates,
    freeGates,
    sameClass,
    flips: sumFlips(flips),
    worst,
  };
}
