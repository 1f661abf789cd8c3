import type { Backend } from '@patternlens/core';
import { type Method } from '@patternlens/core/tracing';
import type { AgreementResult, Distances, MethodAgreement } from '../report/benchmark-report.js';
import { type BenchmarkJob } from './benchmark-job.js';
import type { ComparedSample } from './compared-sample.js';
import { distancesOf, EQUAL, worstOf } from './distances.js';
import { driverComparer } from './driver-comparer.js';
import { sumFlips, type LayerFlips } from './flips.js';
import { plainComparer } from './plain-comparer.js';
import type { ReferenceRuns } from './reference-runs.js';
import { sampleOf } from './sample-of.js';
import { worstSample } from './worst-sample.js';

const distanceOf = (
  actual: readonly Float64Array[],
  reference: readonly Float64Array[],
): Distances => actual.map((values, at) => distancesOf(values, reference[at]!)).reduce(worstOf);

/** Compares a method on a backend with the reference, on one sample after the other.
 * @param onSample Told of each sample, with its relevance. */
export async function compareMethod(
  job: BenchmarkJob,
  method: Method,
  backend: Backend,
  reference: ReferenceRuns,
  onSample?: (sample: ComparedSample) => void,
): Promise<MethodAgreement> {
  const { compared, network } = job;
  const comparer = await (method.driver ? driverComparer : plainComparer)(
    job,
    method,
    backend,
    reference,
  );
  let equalGates = EQUAL,
    freeGates = EQUAL,
    sameClass = true,
    worst: AgreementResult['worst'];
  const flips: LayerFlips[] = [];
  try {
    for (const [at, name] of compared.names.entries()) {
      const sample = await comparer.compare(at);
      const { own, underOwnGates } = sample;
      const distance = distanceOf(own, underOwnGates);
      sameClass &&= sample.sameClass;
      equalGates = worstOf(equalGates, distance);
      freeGates = worstOf(freeGates, sample.sameGates ? distance : distanceOf(own, sample.free));
      flips.push(...sample.flips);
      // A distance that is no number is the worst of all.
      if (!worst || !(distance.relativeL2 <= worst.relativeL2)) {
        const input = sampleOf(compared.inputs, at)[network.inputs[0]!.name]!;
        worst = worstSample(job, name, distance.relativeL2, input, own[0]!, underOwnGates[0]!);
      }
      onSample?.(sample);
    }
  } finally {
    await comparer.dispose();
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
