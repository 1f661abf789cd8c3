import {
  resolveNetwork,
  sliceSamples,
  type Network,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';

/** `|a - b| / |b|`; of vectors of zeros, `|a|`. */
function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    difference += (a[at]! - b[at]!) ** 2;
    size += b[at]! ** 2;
  }
  return Math.sqrt(difference) / (size === 0 ? 1 : Math.sqrt(size));
}

/** The largest relative L2 of all samples. */
export function worstSample(a: Tensor, b: Tensor): number {
  if (a.shape.join() !== b.shape.join()) return Infinity;
  return Math.max(
    ...Array.from({ length: b.shape[0]! }, (_, at) =>
      relativeL2(sliceSamples(a, at, at + 1).data, sliceSamples(b, at, at + 1).data),
    ),
  );
}

/** What a network gives back, in float64. */
export async function outputOf(network: Network, inputs: TensorRecord): Promise<Tensor> {
  const whole = resolveNetwork(network, { keepOutput: true });
  const executable = await referenceBackend().compile(forwardProgram(whole));
  const outputs = await executable.run(inputs);
  await executable.dispose();
  return outputs[whole.outputs[0]!]!;
}
