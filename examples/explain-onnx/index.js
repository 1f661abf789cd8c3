// Explains what an ONNX network sees in the images of a folder.
// Usage: node index.js [MODEL.onnx FOLDER [OUT]]. Without a model, the bundled network on generated images.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onnxBackend, readOnnx, writeOnnx } from '@patternlens/adapter-onnx';
import { createExplainer, fitPatterns, sliceSamples, traceMethod } from '@patternlens/core';
import { DEFAULT_NETWORK, generatedSource, inputLayout } from '@patternlens/data';
import { renderMap } from '@patternlens/heatmap';
import { nodeRenderer } from '@patternlens/heatmap/node';
import * as ort from 'onnxruntime-node';
import { folderSource, preprocessingOf } from './images.js';

const [model = DEFAULT_NETWORK.url, folder, out = 'explained'] = process.argv.slice(2);
const METHODS = ['guided-backprop', 'lrp-epsilon', 'pattern-attribution'];

const network = await readOnnx(await readFile(model));
const [{ name, shape }] = network.inputs;
const preprocessing = await preprocessingOf(model);
// How a network was trained is not in its file, and is never guessed.
const notes = folder && !preprocessing ? ['pixels 0..255 as they are'] : [];
if (notes.length > 0)
  console.error(`${notes[0]}: NAME.preprocess.json beside the model says otherwise`);
const source = folder
  ? await folderSource(folder, { inputShape: shape, preprocessing })
  : { ...generatedSource({ count: 200 }), names: ['one', 'two', 'three'] };

const backend = onnxBackend({ ort });

// Patterns say what each neuron's signal looks like. They are fitted once a network, on its own kind of data.
const patterns = await fitPatterns(network, source, {
  backend,
  onProgress: ({ done, total }) => process.stderr.write(`\rfit  ${done} of ${total} images`),
});
process.stderr.write('\n');

await mkdir(out, { recursive: true });
const renderer = await nodeRenderer();
const { layout } = inputLayout(name, shape);
const shown = source.names.slice(0, 8);
const images = await source.read(0, shown.length);

/** One sample of a batch, without the batch axis. */
function sampleOf(batch, index) {
  const { data, shape: own } = sliceSamples(batch, index, index + 1);
  return { data, shape: own.slice(1) };
}

for (const method of METHODS) {
  const explainer = await createExplainer(network, { backend, method, patterns });
  const { relevance, recipe, targets, explained, exponents, sums } =
    await explainer.explain(images);
  for (const [index, file] of shown.entries()) {
    const { png } = renderMap(renderer, {
      relevance: sampleOf(relevance, index),
      layout,
      recipe,
      target: { target: targets[index], value: explained[index] },
      exponent: exponents[index],
      notes,
      input: { values: sampleOf(images, index), preprocessing },
    });
    await writeFile(join(out, `${file}.${method}.png`), png);
    console.log(
      `${file}  ${method}  class ${targets[index]}  logit ${explained[index].toFixed(3)}  sum ${sums[index].toFixed(3)}`,
    );
  }
  await explainer.dispose();
}

// The last method as a file of its own, which any ONNX Runtime runs without PatternLens.
const traced = traceMethod(network, { method: METHODS.at(-1), patterns });
await writeFile(join(out, 'explainer.onnx'), writeOnnx(traced));
await backend.dispose();
console.log(`Look at ${out}: ${shown.length} images, ${METHODS.length} methods, explainer.onnx.`);
