/** @jest-environment ./src/testing/ort-environment.js */
import { PatternLensError, type Network, type Tensor } from '@patternlens/core';
import { relativeL2 } from '../testing/shared-data.js';
import * as ort from 'onnxruntime-node';
import { readOnnx } from '../read-onnx.js';
import { openOnnxModel, type OnnxModel } from '../run/onnx-model.js';
import { forward, inputsFor } from '../testing/against-runtime.js';
import { modelFile } from '../testing/model-file.js';
import { randomChain } from '../testing/random-chains.js';
import { countOf } from '../testing/stored-tensors.js';

const part = ({ data, shape }: Tensor, from: number, to: number): Tensor => {
  const each = data.length / shape[0]!;
  return {
    data: Float32Array.from(data.slice(from * each, to * each)),
    shape: [to - from, ...shape.slice(1)],
  };
};

async function outputOf(runtime: OnnxModel, x: Tensor): Promise<Tensor> {
  return Object.values(await runtime.run({ x }))[0]!;
}

/** Whether the runtime's values for a batch are those of single samples, which lie in it as `[outer, N, inner]`. */
function holds(batched: ArrayLike<number>, samples: readonly ArrayLike<number>[]): boolean {
  const each = samples[0]!.length,
    count = samples.length;
  const outers = Array.from({ length: each }, (_, at) => at + 1).filter((at) => each % at === 0);
  return outers.some((outer) => {
    const inner = each / outer;
    return samples.every((sample, n) =>
      Array.from({ length: each }, (_, at) => at).every((at) => {
        const place = (Math.floor(at / inner) * count + n) * inner + (at % inner);
        return Math.abs(batched[place]! - sample[at]!) < 1e-5;
      }),
    );
  });
}

interface Run {
  readonly network: Network;
  readonly runtime: OnnxModel;
  readonly x: Tensor;
  /** The network's values, by sample. */
  readonly made: readonly Tensor[];
}

/** Reads chains and runs them; returns how many were read and how many refused. */
async function runAll(
  fixed: number | undefined,
  count: number,
  check: (run: Run, seed: number) => Promise<void>,
): Promise<{ read: number; refused: number; other: number }> {
  const told = { read: 0, refused: 0, other: 0 };
  for (let seed = 1; seed <= count; seed++) {
    const bytes = modelFile(randomChain(seed, 2 + (seed % 7), fixed));
    const opened = await openOnnxModel(bytes, { ort, threads: 1 }).catch(() => undefined);
    // What the runtime itself does not take is no case.
    if (!opened) {
      told.other++;
      continue;
    }
    await using runtime = opened;
    const network = await readOnnx(bytes).catch((cause: unknown) => cause);
    if (network instanceof PatternLensError) {
      told.refused++;
      expect(network.message).not.toMatch(/damaged|[Ee]xport the model again/);
      continue;
    }
    if (network instanceof Error) throw network;
    told.read++;
    const read = network as Network;
    const { x } = inputsFor(read, { batch: 4 }) as { x: Tensor };
    const out = forward(read, { x });
    const made = [0, 1, 2, 3].map((at) => part(out, at, at + 1));
    await check({ network: read, runtime, x, made }, seed);
  }
  return told;
}

const agree = (a: Tensor, b: Tensor): void => {
  expect(a.data).toHaveLength(b.data.length);
  expect(relativeL2(a.data, b.data)).toBeLessThan(1e-5);
};

test('chains with a free batch: what is read is what the runtime makes of each sample, alone and in its batch', async () => {
  const told = await runAll(undefined, 200, async ({ runtime, x, made }, seed) => {
    for (const [at, sample] of made.entries())
      agree(sample, await outputOf(runtime, part(x, at, at + 1)));
    const batched = await outputOf(runtime, x);
    const fits = holds(
      batched.data,
      made.map(({ data }) => data),
    );
    expect([seed, fits]).toEqual([seed, true]);
  });
  expect(told.read).toBeGreaterThan(told.refused / 2);
});

test('chains with a batch of 1: all are read, if need be for single samples', async () => {
  const told = await runAll(1, 120, async ({ runtime, x, made }) => {
    for (const [at, sample] of made.entries())
      agree(sample, await outputOf(runtime, part(x, at, at + 1)));
  });
  expect(told.refused).toBe(0);
});

test('chains with a batch of 2: what is read is what the runtime makes of the pair', async () => {
  const told = await runAll(2, 120, async ({ runtime, x, made }, seed) => {
    for (const from of [0, 2]) {
      const batched = await outputOf(runtime, part(x, from, from + 2));
      const pair = made.slice(from, from + 2).map(({ data }) => data);
      expect(batched.data).toHaveLength(countOf(made[0]!.shape) * 2);
      expect([seed, holds(batched.data, pair)]).toEqual([seed, true]);
    }
  });
  expect(told.read).toBeGreaterThan(told.refused / 2);
});
