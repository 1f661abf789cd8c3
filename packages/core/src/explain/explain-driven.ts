import type { Backend, Executable } from '../backend/backend.js';
import { batchOf } from '../backend/batch-of.js';
import { firstNotFinite } from '../tensor/check-finite.js';
import type { TensorRecord } from '../tensor/tensor-record.js';
import { tensor } from '../tensor/tensor.js';
import type { TracedDriver } from '../tracing/trace-driver.js';
import { diagnose } from './diagnose.js';
import { drive, type DriveOptions } from './drivers/drive.js';
import { finishRelevance } from './drivers/finish-relevance.js';
import { type Target, targetAt, targetInputs } from './target.js';
import type { Untold } from './warnings/warner.js';

/** The driver's program on a backend; a value that is not finite is an error that names the layer where it first occurred. */
const finiteRun =
  ({ ports, network, method }: TracedDriver, { run }: Executable, backend: Backend) =>
  async (inputs: TensorRecord): Promise<TensorRecord> => {
    const results = await run(inputs);
    for (const [what, port] of [['the output', ports.output] as const, ...ports.relevance])
      if (firstNotFinite(results[port]!) >= 0)
        await diagnose(
          network,
          backend,
          inputs,
          port === ports.output
            ? 'the output'
            : `${method.id}: what came back to input "${what}" in one of its runs`,
        );
    return results;
  };

/** An explanation by a driver, without its recipe and what has to be told of it. */
export async function explainDriven(
  traced: TracedDriver,
  executable: Executable,
  backend: Backend,
  inputs: TensorRecord,
  target: Target,
  options: DriveOptions,
): Promise<Untold> {
  const { network, program, ports, explainedShape } = traced;
  const networkInputs = Object.fromEntries(network.inputs.map(({ name }) => [name, inputs[name]!]));
  const [first] = network.inputs;
  const count = inputs[first!.name]!.shape[0] ?? 0;
  // Checked here, since a family is made before the backend sees the inputs.
  const any = tensor(new Float32Array(count), [count]);
  batchOf(program, {
    ...networkInputs,
    [ports.target]: any,
    ...(ports.channel === undefined ? {} : { [ports.channel]: any }),
  });
  const run = finiteRun(traced, executable, backend);
  const targets = targetInputs(target, count, explainedShape);
  const driven = await drive(traced, run, networkInputs, targets, options);
  const finished = finishRelevance(driven.families, networkInputs);
  return {
    relevance: finished.relevanceByInput[traced.network.inputs[0]!.name]!,
    ...finished,
    output: driven.output,
    targets: driven.targets.map((index) => targetAt(traced, index)),
    explained: driven.explained,
    starts: driven.starts,
  };
}
