import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readOnnx } from './read-onnx.js';
import { modelFile, node } from './testing/model-file.js';
import { external, weight } from './testing/stored-tensors.js';

const parts = { inputs: { x: ['n', 4] }, nodes: [node('MatMul', 'x w', 'y')] };
const bytes = modelFile({ ...parts, weights: [weight('w', [4, 2])] });
const { buffer } = Uint8Array.from(bytes);

const folder = mkdtempSync(join(tmpdir(), 'patternlens-'));
const path = join(folder, 'model.onnx');
writeFileSync(path, bytes);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each<[string, Parameters<typeof readOnnx>[0]]>([
  ['a buffer of Node', Buffer.from(bytes)],
  ['an ArrayBuffer', buffer],
  ['a Blob', new Blob([buffer])],
  ['a Response', new Response(buffer)],
  ['a promise of a Response', Promise.resolve(new Response(buffer))],
  ['a path', path],
  ['a URL', pathToFileURL(path)],
  ['an address', `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`],
])('%s is read', async (_name, file) => {
  expect((await readOnnx(file)).shapes.get('y')).toEqual([{ batch: 1 }, 2]);
});

test('weights that lie beside a path are found', async () => {
  const stored = weight('w', [4, 2]);
  const outside = external(stored, { location: 'model.data', offset: '0', length: '32' });
  writeFileSync(join(folder, 'model.data'), stored.rawData);
  writeFileSync(join(folder, 'outside.onnx'), modelFile({ ...parts, weights: [outside] }));
  const { layers } = await readOnnx(join(folder, 'outside.onnx'));
  const inside = await readOnnx(bytes);
  expect(layers[0]!.parameters).toEqual(inside.layers[0]!.parameters);
});

test.each<[string, unknown, string]>([
  ['a path that leads nowhere', join(folder, 'other.onnx'), 'other.onnx" could not be read'],
  ['a response of no file', new Response('', { status: 404 }), '404'],
  ['a number', 5, 'got 5'],
  ['nothing', undefined, 'its path or address, got undefined'],
])('%s is refused', async (_name, file, word) => {
  await expect(readOnnx(file as string)).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(word) as string,
  });
});
