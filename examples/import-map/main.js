import { onnxBackend, readOnnx } from '@patternlens/adapter-onnx';
import { createExplainer, fitPatterns, sliceSamples } from '@patternlens/core';
import { DEFAULT_NETWORK, generatedSource, generateSample } from '@patternlens/data';
import {
  colourMapNamed,
  heatToRgb,
  inputToRgb,
  reduceChannels,
  scaleOf,
} from '@patternlens/heatmap';
import * as ort from 'onnxruntime-web';

const METHODS = ['lrp-epsilon', 'pattern-attribution'];
const status = document.querySelector('[role=status]');

/** Puts a picture and what it shows onto the page. */
function show({ data, width, height }, caption) {
  const figure = document.createElement('figure');
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d').putImageData(new ImageData(data, width), 0, 0);
  const words = Object.assign(document.createElement('figcaption'), { textContent: caption });
  figure.append(canvas, words);
  document.querySelector('main').append(figure);
}

/** The first sample of a batch, without the batch axis. */
function firstOf(batch) {
  const { data, shape } = sliceSamples(batch, 0, 1);
  return { data, shape: shape.slice(1) };
}

const file = await fetch(DEFAULT_NETWORK.url);
const network = await readOnnx(new Uint8Array(await file.arrayBuffer()));
const backend = onnxBackend({ ort });

status.textContent = 'Fitting patterns on 200 images';
const patterns = await fitPatterns(network, generatedSource({ count: 200 }), { backend });

const SAMPLE = 8000;
const image = await generatedSource({ first: SAMPLE, count: 1 }).read(0, 1);
show(inputToRgb(firstOf(image), 'channels-first'), 'the image');
const { label, mask } = generateSample(SAMPLE);
const truth = { data: mask.data, shape: [1, ...mask.shape] };
show(inputToRgb(truth, 'channels-first'), `where the ${DEFAULT_NETWORK.classes[label]} is`);

const explanations = {};
for (const method of METHODS) {
  const explainer = await createExplainer(network, { backend, method, patterns });
  const explanation = await explainer.explain(image);
  const plane = reduceChannels(firstOf(explanation.relevance), 'channels-first');
  show(heatToRgb(plane, scaleOf(plane.values), colourMapNamed('bwr')), method);
  explanations[method] = explanation;
  await explainer.dispose();
}

const [target] = explanations[METHODS[0]].targets;
status.textContent = `The network says ${DEFAULT_NETWORK.classes[target]}. Red speaks for it, blue against it.`;
console.log('explained', explanations);
