import { formatOf, MODEL_FORMATS } from './model-formats.js';

const text = (start: string): Uint8Array => new TextEncoder().encode(start);
const hdf5 = Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d]);

test.each([
  ['model.json', text('{}'), 'tfjs'],
  ['MODEL.JSON', text(''), 'tfjs'],
  ['renamed', text('{"modelTopology": {}}'), 'tfjs'],
  ['model.keras', text('PK'), 'tfjs'],
  ['model.h5', hdf5, 'tfjs'],
  ['model.onnx', text('{"modelTopology": {}}'), 'onnx'],
  ['model.onnx', hdf5, 'onnx'],
  ['model.pb', text('\b\b'), 'onnx'],
] as const)('%s beginning with %p is read as %s', (file, bytes, format) => {
  expect(formatOf(file, bytes)).toBe(format);
});

test('every format has a name of its own', () => {
  const names = Object.values(MODEL_FORMATS).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(1);
});
