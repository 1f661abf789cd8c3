/** @jest-environment ./src/testing/ort-environment.js */
import { readOnnx, type ReadOnnxOptions } from '../read-onnx.js';
import { forward, inputsFor } from '../testing/against-runtime.js';
import { expectFailure } from '../testing/failures.js';
import { modelFile, node } from '../testing/model-file.js';
import { external, floats, normalNumbers, weight } from '../testing/stored-tensors.js';

const WEIGHTS = weight('w', [4, 2]);

/** The weights behind 8 bytes of something else. */
const data = Uint8Array.from([...new Uint8Array(8), ...WEIGHTS.rawData]);
const PLACE = { location: 'model.data', offset: '8', length: '32' };

const fileWith = (entries: Readonly<Record<string, string>>): Uint8Array =>
  modelFile({
    inputs: { x: ['n', 4] },
    nodes: [node('MatMul', 'x w', 'y')],
    weights: [external(WEIGHTS, entries)],
  });

const read = (
  entries: Readonly<Record<string, string>>,
  externalFiles: ReadOnnxOptions['externalFiles'] = { 'model.data': data },
) => readOnnx(fileWith(entries), { externalFiles });

describe('weights beside the model are read', () => {
  const inside = modelFile({
    inputs: { x: ['n', 4] },
    nodes: [node('MatMul', 'x w', 'y')],
    weights: [WEIGHTS],
  });

  test.each<[string, Readonly<Record<string, string>>, ReadOnnxOptions['externalFiles']]>([
    ['from bytes', PLACE, { 'model.data': data }],
    ['from a file in a folder', { ...PLACE, location: 'parts/./w.bin' }, { 'parts/w.bin': data }],
    ['from the start, where no place is given', { location: 'w' }, { w: WEIGHTS.rawData }],
    [
      'piece by piece, from a reader',
      PLACE,
      (path) =>
        Promise.resolve({
          size: path === 'model.data' ? data.length : 0,
          read: (offset, length) => Promise.resolve(data.slice(offset, offset + length)),
        }),
    ],
  ])('%s', async (_name, entries, files) => {
    const network = await read(entries, files);
    const inputs = inputsFor(network);
    const want = forward(await readOnnx(inside), inputs);
    expect([...forward(network, inputs).data]).toEqual([...want.data]);
    expect(want.data.every((value) => value !== 0)).toBe(true);
  });
});

describe('a path that leaves the folder of the model is never opened:', () => {
  test.each([
    '../secret',
    'parts/../../secret',
    'parts/..',
    '..\\secret',
    '/etc/passwd',
    '\\\\server\\share',
    'C:\\windows\\win.ini',
    'c:secret',
  ])('%s', async (location) => {
    const opened: string[] = [];
    const files = (path: string) => {
      opened.push(path);
      return Promise.resolve(undefined);
    };
    await expectFailure(read({ ...PLACE, location }, files), 'invalid-file', '"w"', location);
    expect(opened).toEqual([]);
  });
});

describe('weights beside the model that are not there are refused:', () => {
  test.each<[string, Readonly<Record<string, string>>, ReadOnnxOptions['externalFiles'], string]>([
    ['no file', PLACE, {}, '"model.data"'],
    ['no files at all', PLACE, undefined, '"model.data"'],
    ['a name that every object has', { ...PLACE, location: 'constructor' }, {}, '"constructor"'],
    ['no name', { offset: '0' }, {}, 'names no file'],
    ['a file that is too short', PLACE, { 'model.data': data.subarray(0, 39) }, 'only 39'],
    ['a place behind the end', { ...PLACE, offset: '1000' }, { 'model.data': data }, 'only 40'],
    ['a place beyond counting', { ...PLACE, offset: '1e300' }, { 'model.data': data }, '1e300'],
    ['a place before the start', { ...PLACE, offset: '-8' }, { 'model.data': data }, '-8'],
    ['a place that is no number', { ...PLACE, offset: 'here' }, { 'model.data': data }, 'here'],
    ['too few bytes', { ...PLACE, length: '28' }, { 'model.data': data }, '28 bytes'],
    [
      'too many bytes',
      { ...PLACE, length: '1000000000000' },
      { 'model.data': data },
      '1000000000000',
    ],
  ])('%s', async (_name, entries, files, word) => {
    await expectFailure(read(entries, files ?? {}), 'invalid-file', '"w"', word);
  });

  test('a tensor that claims more than its file holds, before anything is read', async () => {
    const huge = external({ ...floats('w', [1e6, 1e6], []) }, { location: 'model.data' });
    const bytes = modelFile({
      inputs: { x: ['n', 4] },
      nodes: [node('MatMul', 'x w', 'y')],
      weights: [huge],
    });
    const failing = readOnnx(bytes, { externalFiles: { 'model.data': data } });
    await expectFailure(failing, 'invalid-file', '"w"', '4000000000000');
  });

  test('weights that no node needs are not looked for', async () => {
    const bytes = modelFile({
      inputs: { x: ['n', 4] },
      nodes: [node('Neg', 'x', 'y')],
      weights: [external(WEIGHTS, PLACE)],
    });
    const network = await readOnnx(bytes);
    const x = { data: Float32Array.from(normalNumbers(4, 1)), shape: [1, 4] };
    expect([...forward(network, { x }).data]).toEqual([...x.data].map((value) => -value));
  });
});
