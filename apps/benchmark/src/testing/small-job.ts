import {
  resolveNetwork,
  type MethodId,
  fitPatterns,
  tensor,
  type Backend,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { BATCH, normals } from '@patternlens/core/tensor';
import { resolveMethod } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import type { BenchmarkJob } from '../engine/benchmark-job.js';
import { samplesOf } from '../engine/sample-of.js';

function drawn(seed: number, shape: readonly number[]): Tensor {
  const draw = normals(seed);
  const size = shape.reduce((total, dim) => total * dim, 1);
  return tensor(Float32Array.from({ length: size }, draw), shape);
}

/** Two dense layers with a rectifier between them. */
function smallNetwork(): Network {
  const dense = (name: string, input: string, neurons: number, inputs: number) =>
    ({
      name,
      kind: 'dense',
      inputs: [input],
      output: `${name}:out`,
      attributes: {},
      parameters: {
        weights: { tensor: drawn(inputs, [neurons, inputs]) },
        bias: { tensor: drawn(neurons, [neurons]) },
      },
    }) as const;
  return createNetwork({
    format: 'test',
    inputs: [{ name: 'x', shape: [BATCH, 4] }],
    outputs: ['last:out'],
    layers: [
      dense('first', 'x', 6, 4),
      {
        name: 'rectifier',
        kind: 'rectifier',
        inputs: ['first:out'],
        output: 'rectifier:out',
        attributes: {},
        parameters: {},
      },
      dense('last', 'rectifier:out', 3, 6),
    ],
  } as never);
}

/** A job that takes no time. */
export async function smallJob(methods: readonly MethodId[]): Promise<BenchmarkJob> {
  const network = smallNetwork();
  const fitted = { x: drawn(9, [40, 4]) };
  return {
    name: 'small',
    network,
    methods: methods.map((id) => resolveMethod(id)),
    compared: { names: ['a', 'b'], inputs: samplesOf(fitted, 0, 2) },
    timed: new Map([
      [1, samplesOf(fitted, 0, 1)],
      [4, samplesOf(fitted, 0, 4)],
    ]),
    patterns: await fitPatterns(network, [fitted], {
      backend: referenceBackend(),
      withoutMoments: true,
    }),
    fitted,
    look: { axes: resolveNetwork(network).axes.get(network.inputs[0]!.name)! },
  };
}

/** The reference with a fault: what it returns under names that fit is changed. */
export function faultyBackend(
  id: string,
  fits: (output: string) => boolean,
  change: (value: number, at: number) => number,
): Backend {
  const inner = referenceBackend();
  return {
    ...inner,
    id,
    compile: async (program) => {
      const executable = await inner.compile(program);
      return {
        ...executable,
        run: async (inputs) =>
          Object.fromEntries(
            Object.entries(await executable.run(inputs)).map(([name, value]) => [
              name,
              fits(name) ? { ...value, data: value.data.map(change as never) } : value,
            ]),
          ),
      };
    },
  };
}
