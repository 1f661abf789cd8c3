import {
  tensor,
  traceMethod,
  type Backend,
  type TensorRecord,
  type TracedMethod,
} from '@patternlens/core';
import { type Method } from '@patternlens/core/tracing';
import type { AgreementResult, Distances, MethodAgreement } from '../report/benchmark-report.js';
import { asChoice, type BenchmarkJob } from './benchmark-job.js';
import { compareDriver } from './compare-driver.js';
import { distancesOf, EQUAL, topOf, worstOf } from './distances.js';
import { countFlips, gatesOf, sumFlips, type LayerFlips } from './flips.js';
import type { ReferenceRuns } from './reference-runs.js';
import { sampleOf } from './sample-of.js';
import { worstSample } from './worst-sample.js';

/** Relevance of one sample times 2^exponent, in float64, by input. */
function relevanceOf({ ports }: TracedMethod, results: TensorRecord): Float64Array[] {
  const power = 2 ** results[ports.exponent]!.data[0]!;
  return [...ports.relevance.values()].map((name) =>
    Float64Array.from(results[name]!.data, (value) => value * power),
  );
}

function distanceOf(
  actual: readonly Float64Array[],
  reference: readonly Float64Array[],
): Distances {
  return actual.map((values, at) => distancesOf(values, reference[at]!)).reduce(worstOf);
}

/** Compares a method on a backend with the reference, on one sample after the other. */
export async function compareMethod(
  job: BenchmarkJob,
  method: Method,
  backend: Backend,
  reference: ReferenceRuns,
): Promise<MethodAgreement> {
  if (method.driver) return compareDriver(job, method, backend, reference);
  const { compared, network, patterns, plugins } = job;
  const traced = traceMethod(network, {
    method: asChoice(method),
    patterns,
    plugins,
    gates: 'outputs',
  });
  const executable = await backend.compile(traced.program);
  let equalGates = EQUAL,
    freeGates = EQUAL,
    sameClass = true,
    worst: AgreementResult['worst'];
  const flips: LayerFlips[] = [];
  try {
    for (const [at, name] of compared.names.entries()) {
      const inputs = sampleOf(compared.inputs, at);
      const top = tensor(Float32Array.of(-1), [1]);
      const actual = await executable.run({ ...inputs, [traced.ports.target]: top });
      const target = actual[traced.ports.targetUsed]!.data[0]!;
      const { free, under, equal } = await reference.results(method, at, target, gatesOf(actual));
      const relevance = relevanceOf(traced, actual);
      const expected = relevanceOf(traced, under);
      const distance = distanceOf(relevance, expected);
      sameClass &&= topOf(free[traced.ports.output]!) === target;
      equalGates = worstOf(equalGates, distance);
      freeGates = worstOf(
        freeGates,
        equal ? distance : distanceOf(relevance, relevanceOf(traced, free)),
      );
      if (!equal) flips.push(...countFlips(traced.network, { actual, free, under, inputs }));
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
