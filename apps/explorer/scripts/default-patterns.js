import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-node';
import { onnxBackend, readOnnx } from '@patternlens/adapter-onnx';
import { fitPatterns, writePatterns } from '@patternlens/core';
import { DEFAULT_NETWORK, generatedData } from '@patternlens/data';

/** Generated samples that the bundled patterns are fitted on. */
const SAMPLES = 2000;

/** The bundled network's patterns as a file, without moments. */
export async function defaultPatterns() {
  const network = await readOnnx(await readFile(DEFAULT_NETWORK.url));
  const backend = onnxBackend({ ort });
  const batches = generatedData({ count: SAMPLES, seed: 7 });
  const inputs = (function* () {
    for (const { input } of batches) yield input;
  })();
  const patterns = await fitPatterns(network, inputs, { backend, withoutMoments: true });
  await backend.dispose();
  const parts = [];
  for await (const part of writePatterns(patterns)) parts.push(part);
  return Buffer.concat(parts);
}
