import {
  chooseMethod,
  checkMethod,
  createExplainer,
  inspectNetwork,
  sliceSamples,
  tensor,
  traceMethod,
  type Backend,
  type ExplainProgress,
  type MethodChoice,
} from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import {
  defineMethod,
  definePlugin,
  gradientRule,
  anyLayer,
  type Family,
} from '@patternlens/core/rules';
import { resolveMethod, traceDriver } from '@patternlens/core/tracing';
import { denseOf, layerOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();
const network = randomNetwork(31, { blocks: 1, channels: [3, 4] });
const x = randomInputs(network, 32, 5);
const each = x.data.length / 5;

const choices: readonly (MethodChoice & object)[] = [
  { id: 'integrated-gradients', steps: 5 },
  { id: 'smoothgrad', samples: 4 },
  { id: 'occlusion', patch: 3, stride: 2 },
];

/** A backend that notes the batch of each run, and may do something before it. */
function watched(batches: number[], before: () => void = () => undefined): Backend {
  return {
    ...backend,
    compile: async (program) => {
      const executable = await backend.compile(program);
      return {
        ...executable,
        run: (inputs) => {
          batches.push(inputs['image']!.shape[0]!);
          before();
          return executable.run(inputs);
        },
      };
    },
  };
}

describe.each(choices)('$id', (method) => {
  test('gives each sample the same, whatever it is computed with', async () => {
    await using alone = await createExplainer(network, { backend, method, internalBatch: 1 });
    const target = [1, 0, 2, 3, 1];
    const single = await Promise.all(
      target.map((target, at) => alone.explain(sliceSamples(x, at, at + 1), { target })),
    );
    for (const internalBatch of [2, 7, 64]) {
      await using together = await createExplainer(network, { backend, method, internalBatch });
      const all = await together.explain(x, { target });
      single.forEach((explanation, at) => {
        const part = all.relevanceByInput['image']!.data.slice(at * each, (at + 1) * each);
        expect(part).toEqual(explanation.relevanceByInput['image']!.data);
      });
      expect(all.sums).toEqual(single.flatMap(({ sums }) => sums));
      expect(all.explained).toEqual(single.flatMap(({ explained }) => explained));
      expect(all.output.data).toEqual(
        Float64Array.from(single.flatMap(({ output }) => Array.from(output.data))),
      );
      expect(all.completenessErrors).toEqual(
        method.id === 'integrated-gradients'
          ? single.flatMap((explanation) => explanation.completenessErrors!)
          : undefined,
      );
    }
  });

  test('never runs more at once than it may, and says how far it is', async () => {
    const batches: number[] = [];
    const steps: ExplainProgress[] = [];
    const options = { backend: watched(batches), method, internalBatch: 3 };
    await using explainer = await createExplainer(network, options);
    await explainer.explain(x, { onProgress: (progress) => steps.push(progress) });
    expect(Math.max(...batches)).toBe(3);
    const ran = batches.reduce((sum, batch) => sum + batch, 0);
    expect(steps).toHaveLength(batches.length);
    expect(steps.at(-1)).toEqual({ done: ran, total: ran });
    steps.forEach(({ done, total }) => {
      expect(total).toBe(ran);
      expect(done).toBeLessThanOrEqual(total);
    });
    // All but the last of each group of three samples are full.
    expect(batches.filter((batch) => batch < 3).length).toBeLessThanOrEqual(3);
  });

  test('can be cancelled between runs', async () => {
    const batches: number[] = [];
    const controller = new AbortController();
    const watchedBackend = watched(batches, () => {
      if (batches.length === 2) controller.abort(new Error('enough'));
    });
    await using explainer = await createExplainer(network, {
      backend: watchedBackend,
      method,
      internalBatch: 2,
    });
    await expect(explainer.explain(x, { signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
      message: expect.stringMatching(/cancelled after 4 of \d+ runs/) as string,
      cause: expect.objectContaining({ message: 'enough' }) as Error,
    });
    expect(batches).toHaveLength(2);
    // The explainer is as good as before.
    expect((await explainer.explain(x)).targets).toHaveLength(5);
  });

  test('is no single program, and has no start', async () => {
    expect(() => traceMethod(network, { method })).toThrow(/is a driver.*cannot be traced/);
    const asked = { method, start: 'value' } as const;
    const refusal = expect.objectContaining({
      code: 'invalid-argument',
      message: expect.stringMatching(/start does not apply/) as string,
    }) as Error;
    expect(() => {
      checkMethod(network, asked);
    }).toThrow(refusal);
    expect(() => traceDriver(network, asked)).toThrow(refusal);
    await expect(createExplainer(network, { backend, ...asked })).rejects.toEqual(refusal);
  });

  test('refuses inputs as every method does', async () => {
    await using explainer = await createExplainer(network, { backend, method });
    const shape = [2, ...x.shape.slice(1, -1), x.shape.at(-1)! + 1];
    const size = shape.reduce((total, dim) => total * dim, 1);
    await expect(explainer.explain(tensor(new Float32Array(size), shape))).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(/input "image": expected shape/) as string,
    });
    await expect(explainer.explain(x, { target: 4 })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    const bad = { data: x.data.slice().fill(NaN, 3, 4), shape: x.shape };
    await expect(explainer.explain(bad)).rejects.toMatchObject({ code: 'not-finite' });
  });

  test('takes float32 as float32, so that all backends see the same numbers', async () => {
    const given = { data: Float32Array.from(x.data), shape: x.shape };
    const types = new Set<string>();
    const watchingBackend: Backend = {
      ...backend,
      compile: async (program) => {
        const executable = await backend.compile(program);
        return {
          ...executable,
          run: (inputs) => (
            types.add(inputs['image']!.data.constructor.name),
            executable.run(inputs)
          ),
        };
      },
    };
    await using explainer = await createExplainer(network, { backend: watchingBackend, method });
    const { relevance } = await explainer.explain(given);
    expect([...types]).toEqual(['Float32Array']);
    expect(relevance.data).toBeInstanceOf(Float64Array);
  });
});

test('an overflow in one of the runs names the layer', async () => {
  const logs = createNetwork({
    inputs: [{ name: 'x', shape: [{ batch: 1 }, 1] }],
    outputs: ['z'],
    layers: [denseOf('y', 'x', [[1]]), layerOf('pointwise', 'z', 'y', { function: 'log' })],
  });
  await using explainer = await createExplainer(logs, {
    backend,
    method: { id: 'occlusion', patch: 1 },
  });
  await expect(explainer.explain(tensor([2], [1, 1]))).rejects.toMatchObject({
    code: 'not-finite',
    subject: { layer: 'z' },
  });
});

test("rules of one's own go before those of the gradient, and are refused without a backward pass", async () => {
  const composite = [[anyLayer, { ...gradientRule, name: 'own' }]] as const;
  await using explainer = await createExplainer(network, {
    backend,
    method: 'integrated-gradients',
    composite,
  });
  expect((await explainer.explain(sliceSamples(x, 0, 1))).recipe.rules).toEqual(['own']);
  await expect(
    createExplainer(network, { backend, method: 'occlusion', composite }),
  ).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringMatching(/no backward pass/) as string,
  });
});

test('a batch of runs has to be a whole number', async () => {
  for (const internalBatch of [0, 1.5, NaN])
    await expect(
      createExplainer(network, { backend, method: 'occlusion', internalBatch }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
});

test('networks say that they can be explained by them', () => {
  const { methods } = inspectNetwork(network);
  for (const { id } of choices)
    expect(methods[id]).toMatchObject({ supported: true, problems: [] });
});

test('methods that are one program report and can be cancelled too', async () => {
  await using explainer = await createExplainer(network, { backend, method: 'gradient' });
  const steps: ExplainProgress[] = [];
  await explainer.explain(x, { onProgress: (progress) => steps.push(progress) });
  expect(steps).toEqual([{ done: 5, total: 5 }]);
  await expect(explainer.explain(x, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test("a stranger's driver is a method like any other", async () => {
  /** The mean of the gradient over the input and its mirror image, and what it promises to sum to. */
  const mirrored = defineMethod({
    id: 'mirrored',
    group: 'function',
    start: 'one',
    parameters: { times: { default: 2, whole: true, atLeast: 1 } },
    driver: ({ times }) => ({
      of: resolveMethod('gradient'),
      prepare:
        ({ network: canonical }) =>
        ({ inputs }) => {
          const [{ name }] = canonical.inputs as [(typeof canonical.inputs)[0]];
          const { data, shape } = inputs[name]!;
          const sum = new Float64Array(data.length);
          return {
            size: times,
            member: (index) => ({
              [name]: { data: data.map((value) => (index % 2 === 0 ? value : -value)), shape },
            }),
            add: ({ relevance }) => {
              relevance[name]!.forEach((value, at) => (sum[at]! += value / times));
            },
            finish: () => ({ relevance: { [name]: sum }, expectedSum: 0 }),
          };
        },
    }),
  });
  const plugin = definePlugin({ name: 'mirrors', version: '1.0.0', methods: [mirrored] });
  const one = sliceSamples(x, 0, 1);
  const mirror = { data: one.data.map((value) => -value), shape: one.shape };
  await using explainer = await createExplainer(network, {
    backend,
    method: chooseMethod('mirrored'),
    plugins: [plugin],
  });
  const { relevance, recipe, sums, completenessErrors } = await explainer.explain(one, {
    target: 1,
  });
  await using gradient = await createExplainer(network, { backend, method: 'gradient' });
  const [there, back] = [
    await gradient.explain(one, { target: 1 }),
    await gradient.explain(mirror, { target: 1 }),
  ].map((explanation) => explanation.relevance.data);
  expect(Array.from(relevance.data)).toEqual(
    Array.from(there!, (value, at) => value / 2 + back![at]! / 2),
  );
  expect(recipe).toMatchObject({ method: 'mirrored', parameters: { times: 2 } });
  expect(completenessErrors).toEqual([Math.abs(sums[0]!)]);
});

test.each<[string, Partial<Family> | (() => never), object]>([
  [
    'throws',
    () => {
      throw new Error('oh');
    },
    { message: expect.stringMatching(/broken.*oh/) as string },
  ],
  [
    'makes members of another size',
    { member: () => ({ image: tensor([1], [1, 1]) }) },
    { code: 'invalid-shape' },
  ],
  ['makes no members', { member: () => ({}) }, { code: 'invalid-shape' }],
  [
    'gives relevance of another size',
    { finish: () => ({ relevance: { image: new Float64Array(1) } }) },
    { code: 'invalid-shape' },
  ],
  ['gives none', { finish: () => ({ relevance: {} }) }, { code: 'invalid-shape' }],
  ['has half a member', { size: 1.5 }, { code: 'invalid-argument' }],
])('a driver that %s is told so', async (_what, wrong, error) => {
  const broken = defineMethod({
    id: 'broken',
    group: 'function',
    start: 'one',
    driver: () => ({
      prepare: () =>
        typeof wrong === 'function'
          ? wrong
          : ({ inputs }) => ({
              size: 1,
              member: () => inputs,
              add: () => undefined,
              finish: () => ({ relevance: { image: new Float64Array(each) } }),
              ...wrong,
            }),
    }),
  });
  const plugins = [definePlugin({ name: 'broken-driver', version: '1.0.0', methods: [broken] })];
  await using explainer = await createExplainer(network, {
    backend,
    method: chooseMethod('broken'),
    plugins,
  });
  await expect(explainer.explain(sliceSamples(x, 0, 1))).rejects.toMatchObject(error);
});
