import {
  resolveNetwork,
  fitPatterns,
  type ResolveOptions,
  type Network,
  type Shape,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { isBatch } from '@patternlens/core/tensor';
import { layerOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { forward } from '../testing/forward.js';
import { linearCases } from '../testing/linear-cases.js';
import { random, type Random } from '../testing/random.js';

const N = { batch: 1 };
const SAMPLES = 3;

function chain(inputShape: Shape, layers: readonly Layer[], outputs?: readonly string[]): Network {
  return createNetwork({
    inputs: [{ name: 'x', shape: inputShape }],
    outputs: outputs ?? [layers.at(-1)!.output],
    layers,
  });
}

const inputFor = (network: Network, seed: number): Tensor =>
  random(seed).normal([SAMPLES, ...(network.inputs[0]!.shape.slice(1) as number[])]);

/** The canonised network, after checking that its first output is that of the network itself. */
function sameAs(network: Network, options: ResolveOptions = {}, seed = 99): Network {
  const changed = resolveNetwork(network, options);
  const x = inputFor(network, seed);
  const [want] = forward(network, { x });
  const [got] = forward(changed, { x });
  expect(got!.shape).toEqual(want!.shape);
  expect(relativeDifference(got!.data, want!.data)).toBeLessThan(1e-12);
  return changed;
}

const kindsOf = ({ layers }: Network): string[] => layers.map(({ kind }) => kind);

/** A normalisation that is far from the identity. */
function normalisation(r: Random, input: string, channels: number, name = 'bn'): Layer {
  const positive = (): Tensor => {
    const { data, shape } = r.normal([channels]);
    return { data: data.map((value) => 0.2 + value ** 2), shape };
  };
  return layerOf(
    'batch-normalisation',
    name,
    input,
    { epsilon: 1e-3 },
    {
      scale: r.normal([channels]),
      shift: r.normal([channels]),
      mean: r.normal([channels]),
      variance: positive(),
    },
  );
}

const channelsOf = (shape: Shape): number => (isBatch(shape[1]) ? 1 : shape[1]!);

describe('batch normalisation', () => {
  const cases = linearCases
    .filter(({ whole, layer }) => !whole && layer.kind !== 'scale')
    .flatMap((sample) => [true, false].map((biased) => [sample, biased] as const));

  test.each(
    cases.map(
      ([sample, biased]) => [`${sample.name}${biased ? '' : ', no bias'}`, sample, biased] as const,
    ),
  )('behind %s is folded into it where it stands along its neurons', (_name, sample, biased) => {
    const { weights, bias } = sample.layer.parameters;
    const parameters = biased && bias ? { weights: weights!, bias } : { weights: weights! };
    const linear = { ...sample.layer, parameters } as Layer;
    const shape = chain(sample.inputShape, [linear]).shapes.get('y')!;
    const network = chain(sample.inputShape, [
      linear,
      normalisation(random(8), 'y', channelsOf(shape)),
    ]);
    const changed = sameAs(network);
    // Behind a dense layer with rows, axis 1 is a row and not a neuron.
    const folds = linear.kind !== 'dense' || shape.length === 2;
    expect(kindsOf(changed)).toEqual(folds ? [linear.kind] : [linear.kind, 'scale']);
    expect(changed.changes).toEqual([
      folds
        ? `batch normalisation "bn" folded into ${linear.kind} "layer"`
        : 'batch normalisation "bn" kept as a linear layer of its own',
    ]);
    expect(network.changes).toEqual([]);
  });

  const r = random(21);
  const rows = layerOf(
    'dense',
    'dense',
    'x',
    {},
    { weights: r.normal([4, 3]), bias: r.normal([4]) },
  );

  test('is folded through a transpose', () => {
    const moved = layerOf('transpose', 'moved', 'dense', { permutation: [0, 2, 1] });
    const changed = sameAs(chain([N, 5, 3], [rows, moved, normalisation(r, 'moved', 4)]));
    expect(kindsOf(changed)).toEqual(['dense', 'transpose']);
    expect(changed.changes).toEqual(['batch normalisation "bn" folded into dense "dense"']);
  });

  test('is folded through axes of size one that are dropped or added', () => {
    const conv = layerOf(
      'convolution',
      'conv',
      'x',
      { strides: [1, 1], dilations: [1, 1], padsBegin: [0, 0], padsEnd: [0, 0], groups: 1 },
      { weights: r.normal([4, 2, 1, 3]) },
    );
    const squeezed = layerOf('reshape', 'squeezed', 'conv', { shape: [N, 4, 5] });
    const constant = layerOf('add-constant', 'bias', 'squeezed', {}, { value: r.normal([4, 1]) });
    const last = normalisation(r, 'bias', 4);
    const changed = sameAs(chain([N, 2, 1, 7], [conv, squeezed, constant, last]));
    expect(kindsOf(changed)).toEqual(['convolution', 'reshape']);
    const unsqueezed = layerOf('reshape', 'wide', 'dense', { shape: [N, 4, 1, 1] });
    const other = sameAs(chain([N, 3], [rows, unsqueezed, normalisation(r, 'wide', 4)]));
    expect(kindsOf(other)).toEqual(['dense', 'reshape']);
  });

  test('is not folded through a reshape that mixes neurons and positions', () => {
    const flat = layerOf('reshape', 'flat', 'dense', { shape: [N, 20] });
    const changed = sameAs(chain([N, 5, 3], [rows, flat, normalisation(r, 'flat', 20)]));
    expect(kindsOf(changed)).toEqual(['dense', 'reshape', 'scale']);
  });

  test('twice in a row is folded twice', () => {
    const changed = sameAs(
      chain([N, 3], [rows, normalisation(r, 'dense', 4), normalisation(r, 'bn', 4, 'bn2')]),
    );
    expect(kindsOf(changed)).toEqual(['dense']);
    expect(changed.changes).toHaveLength(2);
  });

  test('is not folded into a layer that something else reads', () => {
    const both = layerOf('add', 'sum', ['bn', 'dense'], { signs: [1, 1] });
    const changed = sameAs(chain([N, 3], [rows, normalisation(r, 'dense', 4), both]));
    expect(kindsOf(changed)).toEqual(['dense', 'scale', 'add']);
  });

  test('leaves weights that another layer shares as they are', () => {
    const shared = { ...rows, name: 'dense#2', output: 'dense#2' } as Layer;
    const joined = layerOf('concat', 'joined', ['bn', 'dense#2'], { axis: 1 });
    const changed = sameAs(chain([N, 3], [rows, shared, normalisation(r, 'dense', 4), joined]));
    expect(changed.layers.find(({ name }) => name === 'dense#2')).toEqual(shared);
  });

  test('behind a rectifier or at the input is a layer of its own', () => {
    const relu = layerOf('rectifier', 'relu', 'bn', {});
    const changed = sameAs(
      chain([N, 3, 4, 2], [normalisation(r, 'x', 3), relu, normalisation(r, 'relu', 3, 'bn2')]),
    );
    expect(kindsOf(changed)).toEqual(['scale', 'rectifier', 'scale']);
    expect(changed.changes).toEqual([
      'batch normalisation "bn" kept as a linear layer of its own',
      'batch normalisation "bn2" kept as a linear layer of its own',
    ]);
  });

  test('that is folded gives the pattern of the folded weights', async () => {
    const backend = referenceBackend();
    const network = chain([N, 3], [rows, normalisation(r, 'dense', 4)]);
    const { layers } = resolveNetwork(network);
    const folded = chain([N, 3], layers);
    const x = [inputFor(network, 5)];
    const [fromNetwork, other] = await Promise.all(
      [network, folded].map((one) => fitPatterns(one, x, { backend })),
    );
    expect(fromNetwork!.fingerprint).toEqual(other!.fingerprint);
    expect(fromNetwork!.layers.get('dense')!.directions).toEqual(
      other!.layers.get('dense')!.directions,
    );
  });
});

describe('folding forward', () => {
  const forwardCases = linearCases.filter(
    ({ whole, layer, inputShape }) =>
      !whole &&
      (layer.kind === 'convolution' || (layer.kind === 'dense' && inputShape.length === 2)),
  );

  test.each(forwardCases.map((forwardCase) => [forwardCase.name, forwardCase] as const))(
    'into %s happens where it is exact, and only when asked for',
    (_name, { layer, inputShape }) => {
      const channels = channelsOf(inputShape);
      const linear = { ...layer, inputs: ['bn'] } as Layer;
      const network = chain(inputShape, [normalisation(random(4), 'x', channels), linear]);
      expect(kindsOf(sameAs(network))).toEqual(['scale', layer.kind]);
      const changed = sameAs(network, { foldForward: true });
      const padded =
        layer.kind === 'convolution' &&
        [...layer.attributes.padsBegin, ...layer.attributes.padsEnd].some((size) => size > 0);
      expect(kindsOf(changed)).toEqual(padded ? ['scale', layer.kind] : [layer.kind]);
      expect(changed.changes.at(-1)).toBe(
        padded
          ? 'batch normalisation "bn" kept as a linear layer of its own'
          : `normalisation "bn" folded forward into ${layer.kind} "layer"`,
      );
    },
  );
});

describe('constants and padding', () => {
  const r = random(31);
  const attributes = {
    strides: [2, 1],
    dilations: [1, 1],
    padsBegin: [0, 1],
    padsEnd: [1, 0],
    groups: 1,
  };
  const conv = (input: string): Layer =>
    layerOf('convolution', 'conv', input, attributes, {
      weights: r.normal([3, 2, 3, 2]),
      bias: r.normal([3, 1, 1]),
    });
  const padOf = (value: number, begin = [0, 0, 1, 2], end = [0, 0, 0, 1]): Layer =>
    layerOf('pad', 'pad', 'x', { begin, end, value });

  test('a pad with zeros is the padding of the convolution behind it', () => {
    const changed = sameAs(chain([N, 2, 6, 5], [padOf(0), conv('pad')]));
    expect(changed.layers).toHaveLength(1);
    expect(changed.layers[0]!.attributes).toMatchObject({ padsBegin: [1, 3], padsEnd: [1, 1] });
    expect(changed.changes).toEqual(['pad "pad" made the padding of convolution "conv"']);
  });

  test('a pad with another value, or of channels, stays', () => {
    expect(kindsOf(sameAs(chain([N, 2, 6, 5], [padOf(0.5), conv('pad')])))).toContain('pad');
    const channels = padOf(0, [0, 1, 0, 0], [0, 0, 0, 0]);
    expect(kindsOf(sameAs(chain([N, 1, 6, 5], [channels, conv('pad')])))).toContain('pad');
  });

  test('a pad that something else reads stays for it', () => {
    const pooled = layerOf('max-pool', 'pool', 'pad', { ...attributes, kernel: [3, 2] });
    const sum = layerOf('add', 'sum', ['conv', 'pool'], { signs: [1, 1] });
    const single = { ...conv('pad'), parameters: { weights: { tensor: r.normal([2, 2, 3, 2]) } } };
    const network = chain([N, 2, 6, 5], [padOf(0), single, pooled, sum]);
    const changed = sameAs(network);
    expect(kindsOf(changed)).toEqual(['pad', 'convolution', 'max-pool', 'add']);
    expect(changed.layers[1]!.inputs).toEqual(['x']);
  });

  test('a constant behind a linear layer is part of its bias, also where it varies by position', () => {
    for (const shape of [[3, 1, 1], [1], [3, 3, 5], [1, 3, 1]]) {
      const value = r.normal(shape);
      const added = layerOf('add-constant', 'added', 'conv', {}, { value });
      const changed = sameAs(chain([N, 2, 6, 5], [conv('x'), added]));
      expect(kindsOf(changed)).toEqual(['convolution']);
      expect(changed.changes).toEqual(['constant "added" added to the bias of convolution "conv"']);
    }
  });

  test('a constant that repeats what it is added to stays', () => {
    const dense = layerOf('dense', 'dense', 'x', {}, { weights: r.normal([5, 3]) });
    const wide = layerOf('reshape', 'wide', 'dense', { shape: [N, 5, 1] });
    const added = layerOf('add-constant', 'added', 'wide', {}, { value: r.normal([1, 5]) });
    const changed = sameAs(chain([N, 3], [dense, wide, added]));
    expect(kindsOf(changed)).toEqual(['dense', 'reshape', 'add-constant']);
  });

  test('a constant elsewhere stays', () => {
    const relu = layerOf('rectifier', 'relu', 'conv', {});
    const added = layerOf('add-constant', 'added', 'relu', {}, { value: r.normal([3, 1, 1]) });
    expect(kindsOf(sameAs(chain([N, 2, 6, 5], [conv('x'), relu, added])))).toContain(
      'add-constant',
    );
  });
});

describe('the head', () => {
  const dense = layerOf('dense', 'dense', 'x', {}, { weights: random(3).normal([4, 3]) });
  const heads: [string, Layer][] = [
    ['softmax', layerOf('softmax', 'head', 'dense', { axis: 1 })],
    ['log-softmax', layerOf('log-softmax', 'head', 'dense', { axis: 1 })],
    ['sigmoid', layerOf('activation', 'head', 'dense', { function: 'sigmoid' })],
  ];

  test.each(heads)('%s is cut, unless it is kept', (name, head) => {
    const network = chain([N, 3], [dense, head]);
    const x = inputFor(network, 7);
    const cut = resolveNetwork(network);
    expect(kindsOf(cut)).toEqual(['dense']);
    expect(cut.changes).toEqual([`final ${name} "head" cut`]);
    expect(forward(cut, { x })).toEqual(forward(chain([N, 3], [dense]), { x }));
    const kept = sameAs(network, { keepOutput: true });
    expect(kindsOf(kept)).toEqual(['dense', head.kind]);
    expect(kept.changes).toEqual([]);
  });

  test('is cut behind layout, which stays', () => {
    const shaped = layerOf('reshape', 'shaped', 'head', { shape: [N, 2, 2] });
    const cut = resolveNetwork(chain([N, 3], [dense, heads[0]![1], shaped]));
    expect(kindsOf(cut)).toEqual(['dense', 'reshape']);
    expect(cut.shapes.get(cut.outputs[0]!)).toEqual([N, 2, 2]);
  });

  test('is not cut inside the network', () => {
    const last = layerOf('dense', 'last', 'head', {}, { weights: random(4).normal([2, 4]) });
    expect(kindsOf(sameAs(chain([N, 3], [dense, heads[0]![1], last])))).toContain('softmax');
  });
});

describe('what does nothing', () => {
  const dense = layerOf('dense', 'dense', 'dropped', {}, { weights: random(3).normal([4, 3]) });
  const dropout = layerOf('dropout', 'dropped', 'x', {});

  test('is dropped, at the input, between layers and at the output', () => {
    const inner = layerOf('identity', 'same', 'dense', {});
    const relu = layerOf('rectifier', 'relu', 'same', {});
    const last = layerOf('identity', 'last', 'relu', {});
    const changed = sameAs(chain([N, 3], [dropout, dense, inner, relu, last]));
    expect(kindsOf(changed)).toEqual(['dense', 'rectifier']);
    expect(changed.changes).toEqual([
      'dropout "dropped" dropped',
      'identity "same" dropped',
      'identity "last" dropped',
    ]);
  });

  test('and what the first output does not depend on is dropped', () => {
    const other = layerOf('dense', 'other', 'dropped', {}, { weights: random(6).normal([5, 3]) });
    const relu = layerOf('rectifier', 'relu', 'other', {});
    const changed = sameAs(chain([N, 3], [dropout, other, relu, dense], ['dense', 'relu']));
    expect(kindsOf(changed)).toEqual(['dense']);
    expect(changed.outputs).toEqual(['dense']);
    expect(changed.changes).toEqual([
      'dropout "dropped" dropped',
      '2 layers that the first output does not depend on dropped',
    ]);
  });

  test('a network that is canonical stays the same', () => {
    const network = chain([N, 3], [{ ...dense, inputs: ['x'] }]);
    const changed = resolveNetwork(resolveNetwork(network));
    expect(changed.layers).toEqual(network.layers);
    expect(changed.changes).toEqual([]);
    const resolved = resolveNetwork(network);
    expect(resolveNetwork(resolved)).toBe(resolved);
  });
});
