// Explains with rules of one's own: w-squared in the layers that read the input, gamma in the other convolutions, and a built-in
// method for the rest. Then the same on another backend, which knew nothing of them.
import { readFile } from 'node:fs/promises';
import { onnxBackend, readOnnx } from '@patternlens/adapter-onnx';
import { createExplainer } from '@patternlens/core';
import { kinds, readsInput } from '@patternlens/core/rules';
import { DEFAULT_NETWORK, generatedSource } from '@patternlens/data';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { lrpGamma, wSquared } from './rules.js';

const network = await readOnnx(await readFile(DEFAULT_NETWORK.url));
const images = await generatedSource({ count: 4, first: 8000 }).read(0, 4);

// The first entry that matches a layer counts; what none matches takes the rule of the method.
const composite = [
  [readsInput, wSquared],
  [kinds('convolution'), lrpGamma(0.25)],
];

async function explainOn(backend) {
  const explainer = await createExplainer(network, { backend, method: 'lrp-epsilon', composite });
  const explanation = await explainer.explain(images);
  await explainer.dispose();
  await backend.dispose();
  return explanation;
}

const onnx = await explainOn(onnxBackend({ ort }));
const reference = await explainOn(referenceBackend());

let difference = 0,
  size = 0;
reference.relevance.data.forEach((value, at) => {
  difference += (onnx.relevance.data[at] - value) ** 2;
  size += value ** 2;
});
console.log(`rules   ${onnx.recipe.rules.join(', ')}`);
console.log(`classes ${onnx.targets.join(', ')}`);
console.log(`logits  ${onnx.explained.map((value) => value.toFixed(3)).join(', ')}`);
console.log(`sums    ${onnx.sums.map((value) => value.toFixed(3)).join(', ')}`);
console.log(`${onnx.recipe.backend} against the float64 reference, relative L2:`);
console.log(Math.sqrt(difference / size).toExponential(1));
