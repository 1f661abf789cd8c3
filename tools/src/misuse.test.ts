/** @jest-environment ../packages/adapter-onnx/src/testing/ort-environment.js */
import * as gpujs from '@patternlens/adapter-gpujs';
import * as onnx from '@patternlens/adapter-onnx';
import * as tfjs from '@patternlens/adapter-tfjs';
import * as core from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import * as neurons from '@patternlens/core/neurons';
import { encodeNpy } from '@patternlens/data';
import * as explain from '@patternlens/explain';
import { sharpDecoder } from '@patternlens/explain/sharp';
import * as reference from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import { faultOf, made, misusesOf, type PublicFunction } from './testing/misuse.js';
import { readText } from './testing/repository.js';

const { tensor } = core;
const backend = reference.referenceBackend();

/** A convolution and a dense layer over images of 2x2 pixels. */
const network = made(
  createNetwork({
    inputs: [{ name: 'image', shape: [{ batch: 1 }, 1, 2, 2] }],
    outputs: ['logits'],
    layers: [
      {
        kind: 'convolution',
        name: 'conv',
        inputs: ['image'],
        output: 'conv',
        attributes: {
          strides: [1, 1],
          dilations: [1, 1],
          padsBegin: [0, 0],
          padsEnd: [0, 0],
          groups: 1,
        },
        parameters: { weights: { tensor: tensor([1, -1], [2, 1, 1, 1]) } },
      },
      {
        kind: 'reshape',
        name: 'flat',
        inputs: ['conv'],
        output: 'flat',
        attributes: { shape: [{ batch: 1 }, 8] },
        parameters: {},
      },
      {
        kind: 'dense',
        name: 'dense',
        inputs: ['flat'],
        output: 'logits',
        attributes: {},
        parameters: {
          weights: { tensor: tensor([1, 2, 3, 4, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2, 1], [2, 8]) },
        },
      },
    ],
  }),
);
const images = (): core.Tensor => tensor([1, 2, 3, 4, 4, 3, 2, 1], [2, 1, 2, 2]);
const source = (): core.SampleSource => ({
  count: 2,
  read: (first, count) => Promise.resolve(core.sliceSamples(images(), first, first + count)),
});
const fitted = core.fitPatterns(network, images(), { backend }).then(made);
const traced = (): core.TracedMethod => made(core.traceMethod(network, { method: 'gradient' }));
const model = onnx.writeOnnx(traced());

async function patternFile(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of core.writePatterns(await fitted)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

const of = (
  called: (...args: never[]) => unknown,
  needs: number,
  args: PublicFunction['args'],
  takes?: PublicFunction['takes'],
): PublicFunction => ({ of: called, needs, args, ...(takes && { takes }) });

const explained = async (...[input, options]: Parameters<core.Explainer['explain']>) => {
  const explainer = await core.createExplainer(network, { backend, method: 'gradient' });
  return explainer.explain(input, options);
};
const occluded = async (
  ...[image, run]: Parameters<neurons.Occluder['maps']>
): Promise<neurons.OcclusionMaps> => {
  const options = { backend, layer: 'conv', size: 1, stride: 1, fill: [0] };
  return (await neurons.createOccluder(network, options)).maps(image, run);
};
const written = async (patterns: core.PatternSet): Promise<void> => {
  for await (const piece of core.writePatterns(patterns)) expect(piece).toBeDefined();
};

const DOORS: Readonly<Record<string, Readonly<Record<string, PublicFunction>>>> = {
  '@patternlens/core': {
    bytesSource: of(core.bytesSource, 1, () => [model]),
    checkMethod: of(core.checkMethod, 2, () => [network, { method: 'gradient', target: 0 }]),
    chooseMethod: of(core.chooseMethod, 1, () => ['gradient', {}]),
    createExplainer: of(core.createExplainer, 2, async () => [
      network,
      { backend, method: 'pattern-net', patterns: await fitted, internalBatch: 2, start: 'one' },
    ]),
    'explainer.explain': of(explained, 1, () => [images(), { target: { channel: 0 } }]),
    'explainer.explain, of a layer': of(explained, 1, () => [
      { image: images() },
      { target: { layer: 'conv', channel: 0, position: [0, 0] } },
    ]),
    fitPatterns: of(core.fitPatterns, 3, () => [
      network,
      [images()],
      { backend, limit: 2, preprocessing: 'none', withoutMoments: false },
    ]),
    inspectNetwork: of(core.inspectNetwork, 1, () => [network, { keepOutput: true }]),
    joinTensors: of(core.joinTensors, 1, () => [[images(), images()]]),
    mergePatterns: of(core.mergePatterns, 1, async () => [[await fitted], { names: ['a'] }]),
    readPatterns: of(core.readPatterns, 1, async () => [
      made(core.bytesSource(await patternFile())),
    ]),
    resolveNetwork: of(core.resolveNetwork, 1, () => [network, { keepOutput: true, plugins: [] }]),
    sliceSamples: of(core.sliceSamples, 3, () => [images(), 0, 1]),
    tensor: of(core.tensor, 2, () => [
      [1, 2],
      [1, 2],
    ]),
    throwIfCancelled: of(core.throwIfCancelled, 0, () => [undefined, 'x', () => 'x']),
    traceMethod: of(core.traceMethod, 2, () => [network, { method: 'gradient', layer: 'conv' }]),
    writePatterns: of(written, 1, async () => [await fitted]),
  },
  '@patternlens/core/neurons': {
    createOccluder: of(neurons.createOccluder, 2, () => [
      network,
      { backend, layer: 'conv', size: 1, stride: 1, fill: [0] },
    ]),
    'occluder.maps': of(occluded, 1, () => [tensor([1, 2, 3, 4], [1, 1, 2, 2]), { target: 0 }]),
    receptiveField: of(neurons.receptiveField, 2, () => [
      network,
      { layer: 'conv', channel: 0, position: [0, 0] },
    ]),
    strongestActivations: of(neurons.strongestActivations, 3, () => [
      network,
      source(),
      { backend, layer: 'conv', top: 1, batch: 1 },
    ]),
  },
  '@patternlens/adapter-onnx': {
    doubleProducts: of(onnx.doubleProducts, 1, () => [{ ort }]),
    onnxBackend: of(onnx.onnxBackend, 1, () => [{ ort, executionProvider: 'cpu', threads: 1 }]),
    openOnnxModel: of(onnx.openOnnxModel, 2, () => [model, { ort }]),
    readOnnx: of(onnx.readOnnx, 1, () => [model, { output: 'logits', shapes: {} }]),
    writeOnnx: of(onnx.writeOnnx, 1, () => [traced(), {}]),
    writeOnnxFiles: of(onnx.writeOnnxFiles, 2, () => [traced(), 'x.data', {}]),
  },
  '@patternlens/adapter-tfjs': {
    openTfjsModel: of(tfjs.openTfjsModel, 2, () => [
      { json: '{}', shards: () => Promise.resolve(undefined) },
      { tf: {} },
    ]),
    readGraphModel: of(tfjs.readGraphModel, 1, () => [{ 'model.json': model }, {}]),
    readLayersModel: of(tfjs.readLayersModel, 1, () => [{ 'model.json': model }, {}]),
    readTfjsModel: of(tfjs.readTfjsModel, 1, () => [{ 'model.json': model }, { output: 'y' }]),
    tfjsBackend: of(tfjs.tfjsBackend, 1, () => [{ tf: {}, backend: 'cpu' }]),
  },
  '@patternlens/adapter-gpujs': {
    availableModes: of(gpujs.availableModes, 0, () => [{}]),
    gpujsBackend: of(gpujs.gpujsBackend, 0, () => [{ mode: 'cpu' }]),
  },
  '@patternlens/explain': {
    explainImages: of(explain.explainImages, 3, async () => [
      network,
      { image: [encodeNpy(images())] },
      {
        ...{ method: ['gradient', { id: 'pattern-net' }], patterns: await fitted, backend },
        ...{ preprocess: 'raw', decoder: sharpDecoder(sharp), labels: Array.from('abcdefgh') },
        ...{ target: [0, 1], start: 'one', batch: 1, limit: 2, pictures: false, look: {} },
        ...{ svg: false, crop: true, plugins: [], shapes: {}, keepOutput: false },
      },
    ]),
    fitImages: of(explain.fitImages, 2, () => [
      network,
      encodeNpy(images()),
      { backend, preprocess: {}, limit: 2, memory: 1e6, withoutMoments: true },
    ]),
  },
  '@patternlens/explain/sharp': { sharpDecoder: of(sharpDecoder, 1, () => [sharp]) },
  '@patternlens/reference': {
    interpret: of(reference.interpret, 2, () => [
      made(traced().program),
      { image: images(), target: tensor([0, 0], [2]) },
    ]),
    referenceBackend: of(reference.referenceBackend, 0, () => []),
  },
};

/** These put words together for messages. */
const WORDS = ['messageOf', 'suggestion'];

const doors = JSON.parse(readText('tools/doors.json')) as Readonly<Record<string, string[]>>;

describe.each(Object.entries(DOORS))('%s', (door, functions) => {
  test('every function is here', () => {
    const exported = doors[door]!.filter(
      (name) => /^[a-z]/.test(name) && !name.startsWith('type '),
    );
    expect(exported.filter((name) => !(name in functions) && !WORDS.includes(name))).toEqual([]);
  });

  test.each(Object.entries(functions))('%s, misused, says what is wrong', async (_name, called) => {
    const faults: string[] = [];
    for (const misuse of await misusesOf(called)) {
      const fault = await faultOf(called, misuse);
      if (fault !== undefined) faults.push(fault);
    }
    expect(faults).toEqual([]);
  });
});
