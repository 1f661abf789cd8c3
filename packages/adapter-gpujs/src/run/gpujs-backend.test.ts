import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { tensor } from '@patternlens/core';
import { ProgramBuilder, type Program } from '@patternlens/core/backend';
import { forwardProgram } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import * as gpujs from 'gpu.js';
import type { GpujsMode } from '../library/modes.js';
import { loadGpujs } from '../library/load-gpujs.js';
import { relativeL2, samplesFor, smallNetworks } from '../testing/small-networks.js';
import { availableModes } from './available-modes.js';
import { gpujsBackend } from './gpujs-backend.js';

const N = { batch: 1 };

/** `3 x + 1`, then its sum. */
function smallProgram(): Program {
  const ops = new ProgramBuilder();
  const x = ops.input('x', [N, 4]);
  const y = ops.add(ops.mul(x, ops.scalar(3)), ops.scalar(1));
  ops.output('sum', ops.reduceSum(y, [1]));
  return ops.build();
}

const x = tensor(Float32Array.of(1, 2, 3, 4), [1, 4]);

type Shortcut = ((...values: never[]) => unknown) & { readonly kernel: object };

/** gpu.js, whose kernels are changed after they are made. */
function changed(change: (shortcut: Shortcut) => object): {
  GPU: unknown;
} {
  class Changed extends gpujs.GPU {
    override createKernel(...given: never[]): never {
      const make = super.createKernel.bind(this) as (...all: never[]) => Shortcut;
      return change(make(...given)) as never;
    }
  }
  return { GPU: Changed };
}

describe('what can not start says why', () => {
  it.each([
    ['webgl2', 'WebGL2 with float32 textures is not available here. Use mode "wasm" or "cpu"'],
    ['webgpu', 'WebGPU, or an adapter for it, is not available here. Use mode "webgl2", "wasm"'],
  ] as const)('%s', async (mode, sentence) => {
    const backend = gpujsBackend({ mode, gpujs });
    expect(backend.id).toBe(`gpujs:${mode}`);
    await expect(backend.compile(smallProgram())).rejects.toMatchObject({
      code: 'backend-unavailable',
      subject: { backend: `gpujs:${mode}` },
      message: expect.stringContaining(sentence) as string,
    });
    await backend.dispose();
  });

  it('webgpu without an adapter', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    const navigator = { gpu: { requestAdapter: () => Promise.resolve(null) } };
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
    try {
      await expect(gpujsBackend({ mode: 'webgpu', gpujs }).describe()).rejects.toMatchObject({
        code: 'backend-unavailable',
        message: expect.stringContaining('no adapter is available') as string,
      });
    } finally {
      if (descriptor) Object.defineProperty(globalThis, 'navigator', descriptor);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
  });

  it('a mode that gpu.js leaves for its own reasons', async () => {
    class Pretended {
      static readonly mode = 'cpu';
      readonly fallbackReason = 'no SIMD today';
    }
    const other = changed((shortcut) =>
      Object.assign((...values: never[]) => shortcut(...values), {
        kernel: new Pretended(),
        destroy: () => undefined,
      }),
    );
    await expect(
      gpujsBackend({ mode: 'wasm', gpujs: other }).compile(smallProgram()),
    ).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/fell back to its mode "cpu": no SIMD today/) as string,
    });
  });

  it('a kernel that falls back while a program runs', async () => {
    let made = 0;
    const other = changed((shortcut) => {
      // The first one is the self-test's.
      if (made++ === 0) return shortcut;
      return Object.assign((...values: never[]) => shortcut(...values), {
        kernel: { constructor: { mode: 'cpu' }, fallbackReason: 'too many arguments' },
        destroy: () => undefined,
      });
    });
    const backend = gpujsBackend({ mode: 'wasm', gpujs: other });
    const executable = await backend.compile(smallProgram());
    await expect(executable.run({ x })).rejects.toMatchObject({
      code: 'backend-failed',
      message: expect.stringMatching(/fell back to its mode "cpu": too many arguments/) as string,
    });
  });

  it('numbers of half precision', async () => {
    const half = changed((shortcut) =>
      Object.assign(
        (...values: never[]) =>
          (shortcut(...values) as Float32Array).map((value) => Math.round(value * 1024) / 1024),
        { kernel: shortcut.kernel, destroy: () => undefined },
      ),
    );
    await expect(gpujsBackend({ gpujs: half }).describe()).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('does not compute in single precision') as string,
    });
  });

  it('gpu.js that is not installed', async () => {
    await expect(
      loadGpujs(() => Promise.reject(new Error("Cannot find package 'gpu.js'"))),
    ).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/Cannot find package.*Run: npm install gpu\.js/) as string,
    });
  });

  it('a value of more elements than floats can count', async () => {
    const ops = new ProgramBuilder();
    const value = ops.input('x', [N, 1, 1]);
    ops.output('y', ops.broadcast(value, [N, 4097, 4096]));
    await using backend = gpujsBackend({ mode: 'wasm', gpujs });
    const executable = await backend.compile(ops.build());
    await expect(executable.run({ x: tensor([1], [1, 1, 1]) })).rejects.toMatchObject({
      code: 'backend-failed',
      message: expect.stringMatching(/\[1, 4097, 4096\].*Use a smaller batch/) as string,
    });
  });

  it('something else in its place', () => {
    expect(() => gpujsBackend({ gpujs: { tf: 1 } })).toThrow(
      expect.objectContaining({ code: 'backend-unavailable' }) as Error,
    );
  });

  it('a mode that there is not', () => {
    expect(() => gpujsBackend({ mode: 'webgl' as GpujsMode })).toThrow(/Did you mean "webgl2"/);
  });
});

describe('starting', () => {
  it('takes a namespace, a default export, or imports gpu.js itself', async () => {
    for (const library of [gpujs, { default: gpujs }, undefined]) {
      const backend = gpujsBackend({ gpujs: library });
      const executable = await backend.compile(smallProgram());
      const { sum } = await executable.run({ x });
      expect([...sum!.data]).toEqual([34]);
      await backend.dispose();
    }
  });

  it('describes what runs', async () => {
    await using backend = gpujsBackend({ mode: 'wasm', gpujs });
    expect(await backend.describe()).toEqual({
      runtime: { name: 'gpu.js', version: expect.stringMatching(/^2\.\d+\.\d+$/) as string },
      mode: 'webasm',
      precision: 'float32',
    });
  });

  it('finds the modes that Node has', async () => {
    expect(await availableModes(gpujs)).toEqual(['wasm', 'cpu']);
  });
});

describe('what is held', () => {
  const [small] = smallNetworks;
  const program = forwardProgram(small!.network);

  /** gpu.js with a look at its list of kernels. */
  function watched(): { gpujs: { GPU: unknown }; kernels: () => number } {
    const made: { kernels: unknown[] }[] = [];
    class Watched extends gpujs.GPU {
      constructor(settings: never) {
        super(settings);
        made.push(this as unknown as { kernels: unknown[] });
      }
    }
    return { gpujs: { GPU: Watched }, kernels: () => made[0]!.kernels.length };
  }

  it.each(['cpu', 'wasm'] as const)(
    'gpujs:%s builds kernels once and lets them go',
    async (mode) => {
      const { gpujs: library, kernels } = watched();
      const backend = gpujsBackend({ mode, gpujs: library });
      const executable = await backend.compile(program);
      await executable.run({ image: samplesFor(small!, 1, 3) });
      const once = kernels();
      expect(once).toBeGreaterThan(5);
      await executable.run({ image: samplesFor(small!, 1, 4) });
      const again = await backend.compile(program);
      await again.run({ image: samplesFor(small!, 1, 5) });
      expect(kernels()).toBe(once);
      for (let batch = 1; batch <= 12; batch++)
        await executable.run({ image: samplesFor(small!, batch, 3) });
      expect(kernels()).toBeLessThanOrEqual(5 * once);
      await executable.dispose();
      expect(kernels()).toBe(once);
      await again.dispose();
      expect(kernels()).toBe(0);
      await backend.dispose();
    },
  );

  it('runs and inputs leave each other alone', async () => {
    await using backend = gpujsBackend({ gpujs });
    const ops = new ProgramBuilder();
    const value = ops.input('x', [N, 4]);
    ops.output('same', ops.reshape(value, [N, 2, 2]));
    ops.output('twice', ops.add(value, value));
    const executable = await backend.compile(ops.build());
    const given = tensor(Float32Array.of(1, 2, 3, 4), [1, 4]);
    const [first, second] = await Promise.all([
      executable.run({ x: given }),
      executable.run({ x: tensor(Float32Array.of(5, 6, 7, 8), [1, 4]) }),
    ]);
    given.data.fill(0);
    expect([...first['same']!.data]).toEqual([1, 2, 3, 4]);
    expect(first['same']!.shape).toEqual([1, 2, 2]);
    expect([...first['twice']!.data]).toEqual([2, 4, 6, 8]);
    expect([...second['twice']!.data]).toEqual([10, 12, 14, 16]);
    await executable.dispose();
    await expect(executable.run({ x: given })).rejects.toMatchObject({ code: 'backend-failed' });
  });

  it.each(['cpu', 'wasm'] as const)(
    'gpujs:%s: a thousand runs leave memory flat',
    async (mode) => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      // Buffers are let go in the background.
      const used = async (): Promise<number> => {
        for (let time = 0; time < 5; time++) {
          collect();
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return process.memoryUsage().arrayBuffers + getHeapStatistics().used_heap_size;
      };
      await using backend = gpujsBackend({ mode, gpujs });
      const executable = await backend.compile(program);
      const image = samplesFor(small!, 3, 3);
      const runs = async (count: number): Promise<void> => {
        for (let run = 0; run < count; run++) await executable.run({ image });
      };
      await runs(200);
      const before = await used();
      await runs(1000);
      expect((await used()) - before).toBeLessThan(2e6);
      const [output] = Object.values(await executable.run({ image }));
      await using expected = await referenceBackend().compile(program);
      const [want] = Object.values(await expected.run({ image }));
      expect(relativeL2(output!.data, want!.data)).toBeLessThan(1e-5);
    },
    120_000,
  );
});
