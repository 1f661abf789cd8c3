import { chooseMethod, traceMethod, type Backend } from '@patternlens/core';
import { resolveMethod, valueName } from '@patternlens/core/tracing';
import type { AgreementResult } from '../report/benchmark-report.js';
import type { BenchmarkJob } from './benchmark-job.js';
import { relativeL2 } from './distances.js';
import { explainedPart, targetOf } from './explained-part.js';
import { gatesOf } from './flips.js';
import type { ReferenceRuns } from './reference-runs.js';
import { sampleOf } from './sample-of.js';

type LayerErrors = Pick<AgreementResult, 'errorByLayer' | 'errorGrowsAt'>;

/** Errors below this are rounding of float32. */
const ROUNDING = 1e-6;
const GROWS = 10;

/** The first layer whose error exceeds ten times that of every layer before it, and 1e-6. */
export function growsAt(errors: AgreementResult['errorByLayer']): string | undefined {
  let before = 0;
  for (const { layer, relativeL2: error } of errors) {
    if (!(error <= Math.max(GROWS * before, ROUNDING))) return layer;
    before = Math.max(before, error);
  }
  return undefined;
}

/** The error of every layer's forward value under equal gates: the same whatever method comes behind it. */
export async function compareLayers(
  job: BenchmarkJob,
  backend: Backend,
  reference: ReferenceRuns,
): Promise<LayerErrors> {
  const method = job.methods.find(({ id }) => id === 'gradient') ?? resolveMethod('gradient');
  const traced = traceMethod(job.network, {
    method: chooseMethod(method.id),
    plugins: job.plugins,
    gates: 'outputs',
    layerValues: true,
    ...explainedPart(job),
  });
  const executable = await backend.compile(traced.program);
  const errors = new Map<string, number>();
  try {
    for (const at of job.compared.names.keys()) {
      const inputs = { ...sampleOf(job.compared.inputs, at), ...targetOf(job, traced) };
      const actual = await executable.run(inputs);
      const target = actual[traced.ports.targetUsed]!.data[0]!;
      const { under } = await reference.results(method, at, target, gatesOf(actual));
      for (const { name } of traced.network.layers) {
        const value = valueName(name);
        const error = relativeL2(actual[value]!.data, under[value]!.data);
        errors.set(name, Math.max(errors.get(name) ?? 0, error));
      }
    }
  } finally {
    await executable.dispose();
  }
  const errorByLayer = [...errors].map(([layer, error]) => ({ layer, relativeL2: error }));
  const errorGrowsAt = growsAt(errorByLayer);
  return { errorByLayer, ...(errorGrowsAt === undefined ? {} : { errorGrowsAt }) };
}
