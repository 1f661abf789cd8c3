/** @jest-environment ./src/testing/tfjs-environment.js */
import { createExplainer, inspectNetwork, PatternLensError, type Tensor } from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import * as tf from '@tensorflow/tfjs';
import { readGraphModel, readLayersModel, readTfjsModel } from '../read-tfjs.js';
import { outputOf, worstSample } from '../testing/agreement.js';
import { GraphFiles } from '../testing/graph-files.js';
import { fillWeights, predicted, sampleOf } from '../testing/tfjs-models.js';

const N = { batch: 1 };
const x = sampleOf([2, 6, 5, 2], 3);

/** A network with a trunk that is a model of its own, two heads, an input of the second head, and a head of recurrent layers. */
function heads(): tf.LayersModel {
  const image = tf.input({ shape: [6, 5, 2], name: 'image' });
  const age = tf.input({ shape: [3], name: 'age' });
  const inside = tf.input({ shape: [6, 5, 2], name: 'inside' });
  const conv = tf.layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', name: 'conv' });
  const pool = tf.layers.globalAveragePooling2d({ name: 'pool' });
  const map = conv.apply(inside) as tf.SymbolicTensor;
  const trunk = tf.model({
    inputs: inside,
    outputs: pool.apply(map) as tf.SymbolicTensor,
    name: 'trunk',
  });
  const features = trunk.apply(image) as tf.SymbolicTensor;
  const first = tf.layers.dense({ units: 3, name: 'first' }).apply(features);
  const both = tf.layers.concatenate({ name: 'both' }).apply([features, age]);
  const second = tf.layers.dense({ units: 2, name: 'second' }).apply(both);
  const steps = tf.layers.reshape({ targetShape: [1, 2, 2, 1], name: 'steps' }).apply(features);
  const third = tf.layers.convLstm2d({ filters: 1, kernelSize: 1, name: 'memory' }).apply(steps);
  const outputs = [first, second, third] as tf.SymbolicTensor[];
  const model = tf.model({ inputs: [image, age], outputs });
  fillWeights(model, 8);
  return model;
}

async function messageOf(run: Promise<unknown>): Promise<string> {
  const failure: unknown = await run.catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(PatternLensError);
  return (failure as PatternLensError).message;
}

describe('of a model of layers', () => {
  const model = heads();
  const age = sampleOf([2, 3], 4);
  const asTensor = ({ data, shape }: Tensor) => tf.tensor(data, [...shape]);
  const outputs = model.predict([asTensor(x), asTensor(age)]) as tf.Tensor[];

  test('the first output is read without what others need', async () => {
    const network = await readLayersModel(model);
    expect(network.inputs.map(({ name }) => name)).toEqual(['image']);
    expect(network.changes.slice(-3)).toEqual([
      'output "second" left out: the first output is explained',
      'output "memory" left out: the first output is explained',
      'input "age" left out: "first" does not depend on it',
    ]);
    const want = { data: new Float32Array(await outputs[0]!.data()), shape: [2, 3] };
    expect(worstSample(await outputOf(network, { image: x }), want)).toBeLessThan(1e-5);
    expect(inspectNetwork(network).outputs).toEqual([
      { name: 'first', shape: [N, 3], explained: true },
      { name: 'second', shape: [N, 2], explained: false },
      { name: 'memory', explained: false },
    ]);
  });

  test('another output by name, with its own input', async () => {
    const network = await readLayersModel(model, { output: 'second' });
    const want = { data: new Float32Array(await outputs[1]!.data()), shape: [2, 2] };
    expect(worstSample(await outputOf(network, { image: x, age }), want)).toBeLessThan(1e-5);
  });

  test('a value in a model inside, behind its fused activation and before it', async () => {
    const conv = model.getLayer('trunk') as unknown as tf.LayersModel;
    const map = tf.model({
      inputs: conv.inputs,
      outputs: conv.getLayer('conv').output,
    });
    const want = await predicted(map, { x });
    for (const output of ['conv', 'conv/relu'])
      expect(
        worstSample(await outputOf(await readLayersModel(model, { output }), { image: x }), want),
      ).toBeLessThan(1e-5);
  });

  test('one that is not supported, or not there, is refused', async () => {
    expect(await messageOf(readLayersModel(model, { output: 'memory' }))).toContain(
      'ConvLSTM2D "memory"',
    );
    expect(await messageOf(readLayersModel(model, { output: 'secand' }))).toContain(
      'there is no output or layer "secand" in it. Did you mean "second"? Its outputs: first, second, memory.',
    );
  });
});

describe('of a graph model', () => {
  const graph = (): GraphFiles => {
    const g = new GraphFiles();
    g.input('x', [4]);
    g.input('unused', [4]);
    g.node('Relu', 'hidden', ['x']);
    g.node('Neg', 'turned', ['hidden']);
    g.node('Sub', 'second', ['hidden', 'unused']);
    g.node('NonMaxSuppressionV5', 'boxes', ['turned']);
    return g;
  };
  const outputsOf = (...names: string[]) => ({
    inputs: {},
    outputs: Object.fromEntries(
      names.map((name, at) => [
        `key${at}`,
        { name: `${name}:0`, tensorShape: { dim: [{ size: '-1' }, { size: '4' }] } },
      ]),
    ),
  });
  const input = { data: Float32Array.of(1, -2, 3, -4), shape: [1, 4] };
  const valueOf = async (output: string | undefined) => {
    const files = graph().files(outputsOf('turned', 'second', 'boxes'));
    const network = await readGraphModel(files, { output });
    return [...(await outputOf(network, { x: input, unused: input })).data];
  };

  test.each([
    [undefined, [-1, -0, -3, -0]],
    ['second', [0, 2, 0, 4]],
    ['key1', [0, 2, 0, 4]],
    ['second:0', [0, 2, 0, 4]],
    ['hidden', [1, 0, 3, 0]],
  ])('%s', async (output, want) => {
    expect(await valueOf(output)).toEqual(want);
  });

  test('all outputs are listed, and inputs that nothing needs are left out', async () => {
    const network = await readTfjsModel(graph().files(outputsOf('turned', 'second', 'boxes')));
    expect(network.unusedInputs).toEqual(['unused']);
    expect(inspectNetwork(network).outputs).toEqual([
      { name: 'turned', shape: [N, 4], explained: true },
      { name: 'second', shape: [N, 4], explained: false },
      { name: 'boxes', shape: [N, 4], explained: false },
    ]);
  });

  test('where the first cannot be explained, another is named, or a value in front of it', async () => {
    const read = (...names: string[]) =>
      messageOf(readGraphModel(graph().files(outputsOf(...names))));
    expect(await read('boxes', 'second')).toMatch(
      /NonMaxSuppressionV5 "boxes".*Its output "second" \[N, 4\] can be explained: choose it with --output second \(output: 'second' in code\)\./,
    );
    expect(await read('boxes')).toContain('The value "turned" [N, 4] in front of it');
  });

  test.each([
    ['While', 'a loop', /While "flow": control flow\. A loop takes/],
    ['StatelessIf', 'a branch', /StatelessIf "flow": control flow\. Which branch/],
  ])('%s is named as %s', async (op, _name, words) => {
    const g = new GraphFiles();
    g.input('x', [4]);
    g.node(op, 'flow', ['x']);
    const message = await messageOf(readGraphModel(g.files()));
    expect(message).toMatch(words);
    expect(message).not.toContain('again');
  });

  test('so is a loop of the old kind, which goes in a circle', async () => {
    const g = new GraphFiles();
    g.input('x', [4]);
    g.node('Enter', 'enter', ['x']);
    g.node('Merge', 'merge', ['enter', 'next']);
    g.node('LoopCond', 'condition', ['merge']);
    g.node('Switch', 'switch', ['merge', 'condition']);
    g.node('NextIteration', 'next', ['switch:1']);
    g.node('Exit', 'out', ['switch']);
    const message = await messageOf(readGraphModel(g.files()));
    expect(message).toMatch(/LoopCond "condition".*control flow\. A loop/);
    expect(message).not.toContain('again');
  });
});

test('neurons of steps: the channel first, then the step, wherever the model has them', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv1d({
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        inputShape: [9, 2],
        name: 'conv',
      }),
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3, name: 'd' }), name: 'td' }),
    ],
  });
  fillWeights(model, 5);
  const steps = sampleOf([1, 9, 2], 6);
  const network = await readLayersModel(model);
  const [td, conv] = [
    await predicted(model, { steps }),
    await predicted(
      tf.model({
        inputs: model.inputs,
        outputs: model.getLayer('conv').output,
      }),
      { steps },
    ),
  ];
  await using explainer = await createExplainer(network, {
    backend: referenceBackend(),
    method: 'gradient',
  });
  const valueAt = async (layer: string, channel: number, step: number) => {
    const target = { layer, channel, position: [step] };
    return (await explainer.explain(steps, { target })).explained[0]!;
  };
  expect(await valueAt('td', 2, 7)).toBeCloseTo(td.data[7 * 3 + 2]!, 5);
  expect(await valueAt('conv', 3, 8)).toBeCloseTo(conv.data[8 * 4 + 3]!, 5);
});
