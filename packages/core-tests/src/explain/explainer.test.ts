import {
  type MethodChoice,
  chooseMethod,
  checkMethod,
  createExplainer,
  fitPatterns,
  inspectNetwork,
  METHODS,
  tensor,
  traceMethod,
  type Backend,
  type ErrorCode,
  type PatternSet,
  type Target,
  type Tensor,
  type TensorInput,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { exampleOf } from '@patternlens/core/tracing';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { interpret } from '@patternlens/reference';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const N = { batch: 1 };
const r = random(55);

const conv = (name: string, input: string, weights: Tensor, bias?: Tensor): Layer =>
  layerOf(
    'convolution',
    name,
    input,
    { strides: [1, 1], dilations: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1], groups: 1 },
    bias ? { weights, bias } : { weights },
  );

const image = createNetwork({
  inputs: [{ name: 'image', shape: [N, 2, 3, 4] }],
  outputs: ['logits'],
  layers: [
    conv('conv', 'image', r.normal([3, 2, 3, 3]), r.normal([3, 1, 1])),
    rectifierOf('relu', 'conv'),
    layerOf('reshape', 'flat', 'relu', { shape: [N, 36] }),
    layerOf('dense', 'logits', 'flat', {}, { weights: r.normal([5, 36]), bias: r.normal([5]) }),
  ],
});
const x = r.normal([4, 2, 3, 4]);

const explain = async (method: MethodChoice, input: TensorInput, target?: Target) =>
  (await createExplainer(image, { backend, method })).explain(input, { target });

const refusal = (code: ErrorCode, ...words: string[]): object =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(
      new RegExp(words.map((word) => `(?=[^]*${word.replace(/[[\]().*+?]/g, '\\$&')})`).join('')),
    ) as string,
  }) as object;

describe('inputs are refused', () => {
  test.each<[string, TensorInput, string[]]>([
    ['of another shape', r.normal([4, 2, 4, 3]), ['"image"', '[N, 2, 3, 4]', '[4, 2, 4, 3]']],
    ['of another rank', r.normal([4, 24]), ['"image"', '[N, 2, 3, 4]', '[4, 24]']],
    ['without samples', tensor([], [0, 2, 3, 4]), ['"image"', '[0, 2, 3, 4]']],
    ['under another name', { picture: x }, ['"image"', 'missing']],
    ['under no name', {}, ['"image"', 'missing']],
    [
      'that are no typed array',
      { data: [1, 2], shape: [1, 2] } as unknown as TensorInput,
      ['"image"', 'Float32Array'],
    ],
    [
      'of whole numbers',
      { image: { data: new Uint8Array(96), shape: [4, 2, 3, 4] } } as unknown as TensorInput,
      ['"image"', 'Float32Array'],
    ],
    [
      'with fewer numbers than their shape says',
      { image: { data: new Float32Array(95), shape: [4, 2, 3, 4] } },
      ['"image"', '95', '96'],
    ],
    ['that are nothing', undefined as unknown as TensorInput, ['"image"']],
  ])('%s', async (_name, input, words) => {
    await expect(explain('gradient', input)).rejects.toEqual(refusal('invalid-argument', ...words));
  });

  test.each([NaN, Infinity, -Infinity])('with %d, naming sample and place', async (value) => {
    const data = x.data.slice();
    data[2 * 24 + 7] = value;
    await expect(explain('gradient', { data, shape: x.shape })).rejects.toEqual(
      refusal('not-finite', '"image"', 'sample 2', 'value 7', String(value)),
    );
  });
});

describe('weights and patterns that are not finite are refused, naming the layer:', () => {
  const withWeights = (value: number, parameter: 'weights' | 'bias') =>
    createNetwork({
      ...image,
      layers: image.layers.map((layer) => {
        if (layer.name !== 'conv') return layer;
        const original = layer.parameters[parameter]!.tensor;
        const data = original.data.map((weight, at) => (at === 2 ? value : weight));
        const changed = { ...layer.parameters, [parameter]: { tensor: { ...original, data } } };
        return { ...layer, parameters: changed };
      }),
    });

  test.each([
    ['NaN in weights', NaN, 'weights'],
    ['infinity in weights', Infinity, 'weights'],
    ['NaN in a bias', NaN, 'bias'],
  ] as const)('%s', async (_name, value, parameter) => {
    const network = withWeights(value, parameter);
    for (const method of ['gradient', 'deconvnet', 'lrp-0'] as const)
      await expect(createExplainer(network, { backend, method })).rejects.toEqual(
        refusal('not-finite', '"conv"', parameter),
      );
    await expect(fitPatterns(network, [x], { backend })).rejects.toEqual(
      refusal('not-finite', '"conv"', parameter),
    );
  });

  test('NaN in patterns', async () => {
    const patterns = await fitPatterns(image, [x], { backend });
    const pattern = patterns.layers.get('logits')!;
    const positive = pattern.directions.positive!;
    const data = positive.data.map((value, at) => (at === 3 ? NaN : value));
    const directions = { ...pattern.directions, positive: { ...positive, data } };
    const layers = new Map(patterns.layers).set('logits', { ...pattern, directions });
    const options = { backend, method: 'pattern-net', patterns: { ...patterns, layers } } as const;
    await expect(createExplainer(image, options)).rejects.toEqual(
      refusal('not-finite', '"logits"', 'positive'),
    );
  });

  test('an overflow in the forward pass, naming the first layer', async () => {
    const huge = createNetwork({
      inputs: [{ name: 'x', shape: [N, 1] }],
      outputs: ['c'],
      layers: [
        denseOf('a', 'x', [[1e200]]),
        denseOf('b', 'a', [[1e200]]),
        denseOf('c', 'b', [[1]]),
      ],
    });
    const explainer = await createExplainer(huge, { backend, method: 'gradient' });
    const failed = explainer.explain(tensor([1], [1, 1]));
    await expect(failed).rejects.toEqual(refusal('not-finite', '"b"'));
    await expect(failed).rejects.toMatchObject({ subject: { layer: 'b' } });
  });
});

describe('targets', () => {
  test.each<[string, Target, string[]]>([
    ['a class out of range', 5, ['class 5', '0 to 4']],
    ['a negative class', -1, ['class -1']],
    ['a fraction of a class', 1.5, ['class 1.5']],
    ['too few classes', [0, 1], ['2 classes', '4 samples']],
    ['one of them out of range', [0, 1, 9, 1], ['class 9']],
    [
      'a layer that is not there',
      { layer: 'cnv', channel: 0, position: 'max' },
      ['"cnv"', '"conv"'],
    ],
    [
      'a channel out of range',
      { layer: 'conv', channel: 3, position: 'max' },
      ['channel', '"conv"', '0 to 2'],
    ],
    [
      'a position out of range',
      { layer: 'conv', channel: 0, position: [3, 0] },
      ['position 3', '0 to 2'],
    ],
    [
      'a position of another rank',
      { layer: 'conv', channel: 0, position: [1] },
      ['"conv"', '2 indices'],
    ],
    ['a word', 'best' as Target, ['"best"', '"top"']],
    ['nothing', null as unknown as Target, ['got null', '"top"']],
    [
      'a position that is a word',
      { layer: 'conv', channel: 0, position: 'min' as 'max' },
      ['"min"', '"max"'],
    ],
  ])('%s is refused', async (_name, target, words) => {
    await expect(explain('gradient', x, target)).rejects.toEqual(
      refusal('invalid-argument', ...words),
    );
    if (!Array.isArray(target))
      expect(() => {
        checkMethod(image, { method: 'gradient', target });
      }).toThrow(expect.objectContaining({ code: 'invalid-argument' }) as Error);
  });

  test('are the strongest class, one class, and one class a sample', async () => {
    const top = await explain('gradient', x);
    const logits = Array.from({ length: 4 }, (_, sample) =>
      Array.from(top.output.data.subarray(sample * 5, sample * 5 + 5)),
    );
    expect(top.targets).toEqual(logits.map((row) => row.indexOf(Math.max(...row))));
    expect(top.explained).toEqual(logits.map((row) => Math.max(...row)));
    const mixed = await explain('gradient', x, [3, 0, 4, 3]);
    expect(mixed.targets).toEqual([3, 0, 4, 3]);
    expect(mixed.explained).toEqual([3, 0, 4, 3].map((index, sample) => logits[sample]![index]));
    const three = await explain('gradient', x, 3);
    expect(three.targets).toEqual([3, 3, 3, 3]);
    const part = (value: Tensor, sample: number): number[] =>
      Array.from(value.data.subarray(sample * 24, sample * 24 + 24));
    for (const sample of [0, 3])
      expect(part(mixed.relevanceByInput['image']!, sample)).toEqual(
        part(three.relevanceByInput['image']!, sample),
      );
    expect(part(mixed.relevanceByInput['image']!, 1)).not.toEqual(
      part(three.relevanceByInput['image']!, 1),
    );
  });

  test('of a layer are its neurons, as the layers behind it were not there', async () => {
    const value = await explain('gradient', x, { layer: 'conv', channel: 1, position: [2, 3] });
    const weights = image.layers[0]!.parameters['weights']!.tensor.data;
    expect(value.targets).toEqual(
      Array.from({ length: 4 }, () => ({ layer: 'conv', channel: 1, position: [2, 3] })),
    );
    expect(value.output.shape).toEqual([4, 3, 3, 4]);
    expect(value.explained[2]).toBe(value.output.data[2 * 36 + 12 + 11]);
    // The gradient of a neuron in the corner is its weights, as far as they stand inside the image.
    const want = new Float64Array(24);
    for (const channel of [0, 1])
      for (const row of [0, 1])
        for (const column of [0, 1])
          want[channel * 12 + (row + 1) * 4 + column + 2] =
            weights[18 + channel * 9 + row * 3 + column]!;
    expect(Array.from(value.relevanceByInput['image']!.data.subarray(0, 24))).toEqual(
      Array.from(want),
    );
  });

  test('of a layer choose the strongest position of a channel, the first of several', async () => {
    const { output, targets, explained } = await explain('gradient', x, {
      layer: 'relu',
      channel: 2,
      position: 'max',
    });
    targets.forEach((target, sample) => {
      const plane = Array.from(output.data.subarray(sample * 36 + 24, sample * 36 + 36));
      const best = plane.indexOf(Math.max(...plane));
      expect(target).toEqual({
        layer: 'relu',
        channel: 2,
        position: [Math.floor(best / 4), best % 4],
      });
      expect(explained[sample]).toBe(plane[best]);
    });
    const ties = createNetwork({
      inputs: [{ name: 'x', shape: [N, 1, 2, 2] }],
      outputs: ['relu'],
      layers: [rectifierOf('relu', 'x')],
    });
    const explainer = await createExplainer(ties, { backend, method: 'gradient' });
    const tied = await explainer.explain(tensor([-1, -2, -3, -4, 1, 5, 5, 2], [2, 1, 2, 2]), {
      target: { layer: 'relu', channel: 0, position: 'max' },
    });
    expect(tied.targets).toMatchObject([{ position: [0, 0] }, { position: [0, 1] }]);
  });

  test('of a dense layer have no position', async () => {
    const { targets } = await explain('gradient', x, { layer: 'logits', channel: 4, position: [] });
    expect(targets[0]).toEqual({ layer: 'logits', channel: 4, position: [] });
    const max = await explain('gradient', x, { layer: 'logits', channel: 4, position: 'max' });
    expect(max.targets).toEqual(targets);
  });
});

describe('methods', () => {
  test.each([
    ['gradeint', 'gradient'],
    ['lrp_0', 'lrp-0'],
    ['epsilon-plus-flats', 'epsilon-plus-flat'],
    ['PatternNet', 'pattern-net'],
    ['guided-backprob', 'guided-backprop'],
  ])('"%s" is unknown: "%s" is meant', async (id, meant) => {
    await expect(explain(chooseMethod(id), x)).rejects.toEqual(
      refusal('invalid-argument', id, `"${meant}"`),
    );
  });

  test.each<[string, object, string[]]>([
    ['a parameter of another name', { id: 'lrp-epsilon', eps: 1 }, ['"eps"', 'epsilon']],
    ['a parameter where there is none', { id: 'gradient', epsilon: 1 }, ['no parameters']],
    ['a word for a number', { id: 'lrp-epsilon', epsilon: 'small' }, ['epsilon', '"small"']],
    ['an epsilon of 0', { id: 'lrp-epsilon', epsilon: 0 }, ['epsilon', 'above 0']],
    ['an estimator of another name', { id: 'pattern-net', estimator: 'liner' }, ['"linear"']],
  ])('%s is refused', async (_name, method, words) => {
    const options = { backend, method: method as unknown as MethodChoice };
    await expect(createExplainer(image, options)).rejects.toEqual(
      refusal('invalid-argument', ...words),
    );
  });

  test('that have no rule for layers name them all, with the reason, before anything is compiled', async () => {
    const attention = createNetwork({
      inputs: [{ name: 'x', shape: [N, 3] }],
      outputs: ['last'],
      layers: [
        layerOf('softmax', 'soft', 'x', { axis: 1 }),
        layerOf('pointwise', 'root', 'soft', { function: 'sqrt' }),
        layerOf('activation', 'elu', 'root', { function: 'elu', alpha: 1 }),
        denseOf('last', 'elu', [[1, 2, 3]]),
      ],
    });
    let compiled = 0;
    const counting: Backend = {
      ...backend,
      compile: (program) => {
        compiled++;
        return backend.compile(program);
      },
    };
    const make = createExplainer(attention, { backend: counting, method: 'deconvnet' });
    await expect(make).rejects.toEqual(
      refusal('unsupported-layer', 'deconvnet', '"soft"', '"root"', '"elu"', 'no rule for softmax'),
    );
    expect(compiled).toBe(0);
    const { methods } = inspectNetwork(attention);
    expect(methods['deconvnet']).toEqual({
      supported: false,
      problems: [
        { layer: 'soft', reason: 'the method has no rule for softmax' },
        { layer: 'root', reason: 'the method has no rule for sqrt' },
        { layer: 'elu', reason: 'the method has no rule for elu' },
      ],
      notes: [],
    });
    expect(methods['gradient']!.supported).toBe(true);
    expect(methods['pattern-net']!.notes).toEqual([
      expect.objectContaining({
        layer: 'elu',
        reason: expect.stringMatching(/approximate/) as string,
      }),
    ]);
    await expect(
      createExplainer(attention, { backend, method: 'input-x-gradient' }),
    ).resolves.toBeDefined();
  });

  test('that need patterns ask for them', async () => {
    for (const method of ['pattern-net', 'pattern-attribution'] as const)
      await expect(explain(method, x)).rejects.toEqual(
        refusal('missing-pattern', method, 'patternlens fit'),
      );
    const patterns = await fitPatterns(image, [x], { backend, estimators: ['linear'] });
    await expect(
      createExplainer(image, { backend, method: 'pattern-net', patterns }),
    ).rejects.toEqual(refusal('missing-pattern', '"positive"', '"logits"'));
    await expect(
      createExplainer(image, {
        backend,
        method: { id: 'pattern-net', estimator: 'linear' },
        patterns,
      }),
    ).resolves.toBeDefined();
  });

  test('start from 1 or from the value, in proportion', async () => {
    const patterns = await fitPatterns(image, [x], { backend });
    for (const definition of METHODS.filter(({ driver }) => !driver)) {
      const { id, start } = definition;
      const method = exampleOf(definition);
      const run = async (choice?: 'one' | 'value') =>
        (await createExplainer(image, { backend, method, patterns, start: choice })).explain(x);
      const [one, value, usual] = await Promise.all([run('one'), run('value'), run()]);
      expect(one.starts).toEqual([1, 1, 1, 1]);
      expect(value.starts).toEqual(value.explained);
      expect(usual.recipe).toMatchObject({ method: id, start, backend: 'reference' });
      expect(usual.starts).toEqual(start === 'one' ? one.starts : value.starts);
      const scaled = one.relevanceByInput['image']!.data.map(
        (relevance, at) => relevance * value.explained[Math.floor(at / 24)]!,
      );
      const positive = value.explained.every((logit) => logit > 0);
      expect(positive).toBe(true);
      expect(relativeDifference(value.relevanceByInput['image']!.data, scaled)).toBeLessThan(1e-12);
      value.sums.forEach((sum, sample) => {
        const values = value.relevanceByInput['image']!.data.subarray(
          sample * 24,
          sample * 24 + 24,
        );
        expect(sum).toBeCloseTo(
          Array.from(values).reduce((total, part) => total + part, 0),
          10,
        );
      });
    }
  });
});

describe('several inputs', () => {
  const weights = r.normal([3, 2]);
  const two = createNetwork({
    inputs: [
      { name: 'a', shape: [N, 2] },
      { name: 'b', shape: [N, 3] },
      { name: 'unused', shape: [N, 1] },
    ],
    outputs: ['sum'],
    layers: [
      layerOf('dense', 'wide', 'a', {}, { weights }),
      layerOf('add', 'sum', ['wide', 'b'], { signs: [1, -1] }),
    ],
  });
  const inputs = { a: r.normal([2, 2]), b: r.normal([2, 3]), unused: r.normal([2, 1]) };

  test('have relevance by name, zero for one that the output does not read', async () => {
    const explainer = await createExplainer(two, { backend, method: 'gradient' });
    const { relevance, relevanceByInput, sums } = await explainer.explain(inputs, {
      target: [2, 1],
    });
    expect(relevance).toBe(relevanceByInput['a']);
    expect(Array.from(relevanceByInput['a']!.data)).toEqual(
      [4, 5, 2, 3].map((at) => weights.data[at]),
    );
    expect(Array.from(relevanceByInput['b']!.data, (value) => value + 0)).toEqual([
      0, 0, -1, 0, -1, 0,
    ]);
    expect(Array.from(relevanceByInput['unused']!.data)).toEqual([0, 0]);
    expect(sums[0]).toBeCloseTo(weights.data[4]! + weights.data[5]! - 1, 12);
  });

  test('are asked for by name', async () => {
    const explainer = await createExplainer(two, { backend, method: 'gradient' });
    await expect(explainer.explain(inputs.a)).rejects.toEqual(
      refusal('invalid-argument', 'several inputs', 'a, b, unused'),
    );
    await expect(explainer.explain({ a: inputs.a, unused: inputs.unused })).rejects.toEqual(
      refusal('invalid-argument', '"b"', 'missing'),
    );
    await expect(explainer.explain({ ...inputs, b: r.normal([3, 3]) })).rejects.toEqual(
      refusal('invalid-argument', '"b"', '[3, 3]'),
    );
  });
});

describe('a layer used twice', () => {
  const weights = r.normal([3, 3]);
  const bias = r.normal([3]);
  const shared = createNetwork({
    inputs: [{ name: 'x', shape: [N, 3] }],
    outputs: ['same#2'],
    layers: [
      layerOf('dense', 'same', 'x', {}, { weights, bias }),
      rectifierOf('relu', 'same'),
      layerOf('dense', 'same#2', 'relu', {}, { weights, bias }),
    ],
  });
  const data = r.normal([30, 3]);

  test('has patterns for each use, those of what that use sees', async () => {
    const { layers } = await fitPatterns(shared, [data], { backend });
    expect([...layers.keys()]).toEqual(['same', 'same#2']);
    const first = createNetwork({ ...shared, outputs: ['relu'] });
    const { program } = traceMethod(first, { method: 'gradient' });
    const seen = interpret(program, { x: data, target: tensor(new Float64Array(30), [30]) })[
      'output'
    ]!;
    const alone = createNetwork({
      inputs: [{ name: 'x', shape: [N, 3] }],
      outputs: ['same'],
      layers: [shared.layers[0]!],
    });
    const [one, two] = await Promise.all(
      [data, seen].map((block) => fitPatterns(alone, [block], { backend })),
    );
    expect(layers.get('same')!.directions).toEqual(one!.layers.get('same')!.directions);
    expect(layers.get('same#2')!.directions).toEqual(two!.layers.get('same')!.directions);
    expect(layers.get('same')!.directions.positive).not.toEqual(
      layers.get('same#2')!.directions.positive,
    );
  });

  test('passes relevance through both uses', async () => {
    const explainer = await createExplainer(shared, { backend, method: 'gradient' });
    const sample = data.data.slice(0, 3).map((value) => -value);
    const { relevanceByInput } = await explainer.explain(tensor(sample, [1, 3]), { target: 1 });
    const w = (row: number, column: number): number => weights.data[row * 3 + column]!;
    const open = [0, 1, 2].map((row) => {
      const z = [0, 1, 2].reduce((sum, at) => sum + w(row, at) * sample[at]!, bias.data[row]!);
      return z > 0 ? 1 : 0;
    });
    expect(open).toContain(0);
    const want = [0, 1, 2].map((column) =>
      [0, 1, 2].reduce((sum, row) => sum + w(1, row) * open[row]! * w(row, column), 0),
    );
    expect(relativeDifference(relevanceByInput['x']!.data, want)).toBeLessThan(1e-12);
  });
});

describe('fitting', () => {
  test('is cancelled by an abort signal, with its reason', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const fit = fitPatterns(image, [x], { backend, signal: controller.signal });
    await expect(fit).rejects.toMatchObject({ code: 'cancelled', cause: { message: 'enough' } });
  });

  test.each<[string, TensorInput]>([
    ['another shape', r.normal([2, 2, 3, 5])],
    ['a name that is missing', { picture: x }],
    ['NaN', { image: { ...x, data: x.data.map((value, at) => (at === 9 ? NaN : value)) } }],
  ])('refuses samples with %s, naming the input', async (_name, batch) => {
    await expect(fitPatterns(image, [batch], { backend })).rejects.toEqual(
      expect.objectContaining({
        name: 'PatternLensError',
        message: expect.stringContaining('"image"') as string,
      }),
    );
  });

  test.each([
    ['a shard out of range', { shard: { index: 3, count: 2 } }],
    ['a shard of none', { shard: { index: 1, count: 0 } }],
    ['a limit of 0', { limit: 0 }],
  ])('refuses %s', async (_name, options) => {
    await expect(fitPatterns(image, [x], { backend, ...options })).rejects.toMatchObject({
      name: 'PatternLensError',
    });
  });
});

describe('an explainer', () => {
  function counting(): { backend: Backend; open: () => number; compiled: () => number } {
    let compiled = 0,
      disposed = 0;
    return {
      open: () => compiled - disposed,
      compiled: () => compiled,
      backend: {
        ...backend,
        compile: async (program) => {
          compiled++;
          const executable = await backend.compile(program);
          return {
            ...executable,
            dispose: () => {
              disposed++;
              return executable.dispose();
            },
          };
        },
      },
    };
  }

  test('compiles a program once for each layer that is explained, and disposes of all', async () => {
    const { backend: countingBackend, open, compiled } = counting();
    const explainer = await createExplainer(image, {
      backend: countingBackend,
      method: 'gradient',
    });
    await explainer.explain(x);
    await explainer.explain(x, { target: 3 });
    expect(compiled()).toBe(1);
    const target = { layer: 'conv', channel: 0, position: 'max' } as const;
    await Promise.all([explainer.explain(x, { target }), explainer.explain(x, { target })]);
    await explainer.explain(x, { target: { ...target, channel: 2 } });
    expect(compiled()).toBe(2);
    await explainer.dispose();
    await explainer.dispose();
    expect(open()).toBe(0);
    await expect(explainer.explain(x)).rejects.toEqual(refusal('invalid-argument', 'disposed'));
    expect(open()).toBe(0);
  });

  test('that could not be compiled for a layer once can be the next time', async () => {
    let fails = false;
    const moody: Backend = {
      ...backend,
      compile: (program) =>
        fails ? Promise.reject(new Error('no memory')) : backend.compile(program),
    };
    const explainer = await createExplainer(image, { backend: moody, method: 'gradient' });
    const target = { layer: 'conv', channel: 0, position: 'max' } as const;
    fails = true;
    await expect(explainer.explain(x, { target })).rejects.toThrow('no memory');
    fails = false;
    await expect(explainer.explain(x, { target })).resolves.toBeDefined();
  });

  test('is disposed of where it leaves its block', async () => {
    const { backend: countingBackend, open } = counting();
    {
      await using explainer = await createExplainer(image, {
        backend: countingBackend,
        method: 'gradient',
      });
      await explainer.explain(x);
      expect(open()).toBe(1);
    }
    expect(open()).toBe(0);
  });

  test('disposes of the program that looks for what is not finite', async () => {
    const { backend: countingBackend, open } = counting();
    const explainer = await createExplainer(image, {
      backend: countingBackend,
      method: 'gradient',
    });
    const huge = tensor(new Float64Array(24).fill(1e308), [1, 2, 3, 4]);
    await expect(explainer.explain(huge)).rejects.toEqual(refusal('not-finite', '"conv"'));
    expect(open()).toBe(1);
  });

  test('says what was done to the network, and with what', async () => {
    const patterns: PatternSet = await fitPatterns(image, [x], { backend });
    const softmax = createNetwork({
      ...image,
      outputs: ['soft'],
      layers: [...image.layers, layerOf('softmax', 'soft', 'logits', { axis: 1 })],
    });
    const method = { id: 'pattern-net', estimator: 'linear' } as const;
    const explainer = await createExplainer(softmax, { backend, method, patterns });
    const { recipe } = await explainer.explain(x);
    expect(recipe).toEqual({
      method: 'pattern-net',
      explainedOutput: 'soft',
      parameters: { estimator: 'linear', regimes: 'positive', add: 'copy', gate: 'hold' },
      group: 'signal',
      start: 'value',
      backend: 'reference',
      changes: ['final softmax "soft" cut'],
      patternSamples: 4,
    });
  });
});
