import { deflateSync } from 'node:zlib';
import { normals } from '@patternlens/core/tensor';
import { readOnnx } from '../read-onnx.js';
import { expectFailure } from '../testing/failures.js';
import { modelFile, node, port, type ModelParts } from '../testing/model-file.js';
import { weight } from '../testing/stored-tensors.js';
import { NEWEST_OPSET, OLDEST_OPSET } from './parse-model.js';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

function safetensors(): Uint8Array {
  const header = text('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
  return Uint8Array.from([header.length, 0, 0, 0, 0, 0, 0, 0, ...header, 0, 0, 0, 0]);
}

function noise(seed: number): Uint8Array {
  const draw = normals(seed);
  return Uint8Array.from({ length: 400 }, () => Math.floor(Math.abs(draw()) * 1000) % 256);
}

const fine: ModelParts = {
  inputs: { x: ['n', 4] },
  nodes: [node('MatMul', 'x w', 'y')],
  weights: [weight('w', [4, 2])],
};

describe('a file that is not ONNX is refused with what it is:', () => {
  test.each<[string, Uint8Array, string]>([
    ['an empty file', bytes(), 'empty'],
    ['a web page', text('<!DOCTYPE html><html><body>404</body></html>'), 'web page'],
    ['a web page behind blank lines', text('\n\n  <html lang="en">'), 'web page'],
    [
      'a pointer of git-LFS',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:1'),
      'git lfs pull',
    ],
    ['JSON', text('{"format": "layers-model"}'), 'JSON'],
    ['a zip archive', bytes(0x50, 0x4b, 3, 4, 20, 0, 0, 0), 'zip'],
    ['HDF5', bytes(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10), 'HDF5'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49), 'not ONNX'],
    ['weights in safetensors', safetensors(), 'not ONNX'],
    ['compressed bytes', deflateSync(text('a model that somebody compressed')), 'not ONNX'],
    ['one byte', bytes(0), 'not ONNX'],
    ['zeros', new Uint8Array(1000), 'not ONNX'],
    ['noise', noise(1), 'not ONNX'],
    ['other noise', noise(2), 'not ONNX'],
  ])('%s', async (_name, file, word) => {
    await expectFailure(readOnnx(file), 'invalid-file', word);
  });
});

describe('a model without what it needs is refused:', () => {
  test.each<[string, ModelParts, string]>([
    ['no nodes', { ...fine, nodes: [], weights: [] }, 'no graph'],
    ['no inputs', { ...fine, inputs: {} }, 'no inputs'],
    ['no outputs', { ...fine, outputs: '' }, 'no outputs'],
    [
      'inputs that are all constants',
      { ...fine, inputs: {}, ports: [port('w', [4, 2])] },
      'constants',
    ],
    [
      'a version that is too old',
      { ...fine, opset: OLDEST_OPSET - 1 },
      `version ${OLDEST_OPSET - 1}`,
    ],
    [
      'a version that is too new',
      { ...fine, opset: NEWEST_OPSET + 1 },
      `${OLDEST_OPSET} to ${NEWEST_OPSET}`,
    ],
    ['a version that is no version', { ...fine, opset: -1 }, 'version -1'],
  ])('%s', async (_name, parts, word) => {
    await expectFailure(readOnnx(modelFile(parts)), 'invalid-file', word);
  });

  test('the oldest and the newest version are read', async () => {
    for (const opset of [OLDEST_OPSET, NEWEST_OPSET])
      expect((await readOnnx(modelFile({ ...fine, opset }))).layers).toHaveLength(1);
  });
});
