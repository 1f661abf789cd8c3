import { traceMethod, type Backend, type TensorRecord, type TracedMethod } from '@patternlens/core';
import { type Method } from '@patternlens/core/tracing';
import { asChoice, type BenchmarkJob } from './benchmark-job.js';
import type { SampleComparer } from './compared-sample.js';
import { topOf } from './distances.js';
import { explainedPart, targetOf } from './explained-part.js';
import { countFlips, gatesOf } from './flips.js';
import type { ReferenceRuns } from './reference-runs.js';
import { sampleOf } from './sample-of.js';

/** Relevance of one sample times 2^exponent, in float64, by input. */
function relevanceOf({ ports }: TracedMethod, results: TensorRecord): Float64Array[] {
  const power = 2 ** results[ports.exponent]!.data[0]!;
  return [...ports.relevance.values()].map((name) =>
    Float64Array.from(results[name]!.data, (value) => value * power),
  );
}

/** Compares a method that is one program. */
export async function plainComparer(
  job: BenchmarkJob,
  method: Method,
  backend: Backend,
  reference: ReferenceRuns,
): Promise<SampleComparer> {
  const { network, patterns, plugins, target = 'top' } = job;
  const options = { method: asChoice(method), patterns, plugins, ...explainedPart(job) };
  const traced = traceMethod(network, { ...options, gates: 'outputs' });
  const executable = await backend.compile(traced.program);
  return {
    dispose: () => executable.dispose(),
    compare: async (at) => {
      const inputs = sampleOf(job.compared.inputs, at);
      const actual = await executable.run({ ...inputs, ...targetOf(job, traced) });
      const used = actual[traced.ports.targetUsed]!.data[0]!;
      const { free, under, equal } = await reference.results(method, at, used, gatesOf(actual));
      return {
        own: relevanceOf(traced, actual),
        underOwnGates: relevanceOf(traced, under),
        free: relevanceOf(traced, free),
        sameGates: equal,
        sameClass: target !== 'top' || topOf(free[traced.ports.output]!) === used,
        flips: equal ? [] : countFlips(traced.network, { actual, free, under, inputs }),
      };
    },
  };
}
