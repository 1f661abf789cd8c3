import { traceMethod } from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { tiny, drawn } from '../testing/small-networks.js';
import { tfjsBackend } from './tfjs-backend.js';

const { program, ports } = traceMethod(tiny, { method: 'gradient' });

const inputs = (batch: number) => ({
  image: drawn(1, [batch, 1, 5, 5]),
  [ports.target]: { data: new Float32Array(batch).fill(-1), shape: [batch] },
});

describe.each(['cpu', 'wasm'] as const)('tfjs:%s', (backend) => {
  test('a thousand explanations leave nothing behind', async () => {
    const instance = tfjsBackend({ tf, backend });
    const executable = await instance.compile(program);
    // Constants of every batch size are there from its first run on.
    for (const batch of [1, 2]) await executable.run(inputs(batch));
    const before = tf.memory();
    for (let run = 0; run < 1000; run++) await executable.run(inputs(1 + (run % 2)));
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    await executable.dispose();
    expect(tf.memory().numTensors).toBe(0);
    await instance.dispose();
  });

  test('a backend disposes what it compiled', async () => {
    const instance = tfjsBackend({ tf, backend });
    await instance.compile(program);
    const second = await instance.compile(forwardProgram(tiny));
    expect(tf.memory().numTensors).toBeGreaterThan(0);
    await instance.dispose();
    expect(tf.memory().numTensors).toBe(0);
    await expect(second.run({ image: drawn(1, [1, 1, 5, 5]) })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('has been disposed') as string,
    });
  });
});

test('two backends of one runtime are used in turns, and at once', async () => {
  const [cpu, wasm] = (['cpu', 'wasm'] as const).map((backend) => tfjsBackend({ tf, backend }));
  const executables = [await cpu!.compile(program), await wasm!.compile(program)];
  const alone = await Promise.all(executables.map((executable) => executable.run(inputs(3))));
  const together = await Promise.all(
    [0, 1, 0, 1].map((which) => executables[which]!.run(inputs(3))),
  );
  together.forEach((result, at) => {
    expect(result).toEqual(alone[at % 2]);
  });
  await cpu!.dispose();
  await wasm!.dispose();
});
