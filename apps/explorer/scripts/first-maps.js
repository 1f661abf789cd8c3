import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-node';
import { onnxBackend, readOnnx } from '@patternlens/adapter-onnx';
import { bytesSource, createExplainer, readPatterns, resolveNetwork } from '@patternlens/core';
import { DEFAULT_NETWORK, generateBatch } from '@patternlens/data';
import {
  COLOUR_MAPS,
  encodePng,
  heatToRgb,
  inputToRgb,
  picturedSample,
  reduceChannels,
  scaleOf,
  signalToRgb,
} from '@patternlens/heatmap';

/** Pixels of the picture for a value of a map, and between two maps. */
const ZOOM = 6;
const GAP = 8;

/** Pictures side by side on white, all of one size, enlarged. */
function strip(pictures) {
  const [{ width, height }] = pictures;
  const whole = { width: pictures.length * (ZOOM * width + GAP) - GAP, height: ZOOM * height };
  const data = new Uint8ClampedArray(4 * whole.width * whole.height).fill(255);
  for (const [at, picture] of pictures.entries())
    for (let row = 0; row < whole.height; row++)
      for (let column = 0; column < ZOOM * width; column++) {
        const from = 4 * (Math.floor(row / ZOOM) * width + Math.floor(column / ZOOM));
        const to = 4 * (row * whole.width + at * (ZOOM * width + GAP) + column);
        data.set(picture.data.subarray(from, from + 4), to);
      }
  return { ...whole, data };
}

/** The first sample of the bundled network with its first maps, side by side: what the page shows until it has computed them.
 * @param methods Ids of the methods, in order; the input stands before them.
 * @param patterns The bundled patterns' file. */
export async function firstMaps(methods, patterns) {
  const network = resolveNetwork(await readOnnx(await readFile(DEFAULT_NETWORK.url)));
  const backend = onnxBackend({ ort });
  const { input } = generateBatch(0, 1, { seed: 7 });
  const axes = network.axes.get(network.inputs[0].name);
  const shown = picturedSample(input, 0, axes);
  const pictures = [inputToRgb(shown.values, shown.layout)];
  for (const method of methods) {
    const explainer = await createExplainer(network, {
      backend,
      method,
      patterns: await readPatterns(bytesSource(patterns)),
    });
    const { relevance, recipe } = await explainer.explain(input, { target: 'top' });
    const { values, layout } = picturedSample(relevance, 0, axes);
    const plane = reduceChannels(values, layout);
    pictures.push(
      recipe.group === 'attribution'
        ? heatToRgb(plane, scaleOf(plane.values, 99.5), COLOUR_MAPS.bwr)
        : signalToRgb(values, layout),
    );
    await explainer.dispose();
  }
  await backend.dispose();
  return encodePng(strip(pictures));
}
