import { bytesSource, type ByteSource } from '@patternlens/core';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { encodeNpy } from './encode-npy.js';
import { openNpy } from './open-npy.js';

/** Elements 0, 1, 2, ... of a shape, as NumPy would store them. */
function stored(descr: string, fortran: boolean, shape: readonly number[]): Uint8Array {
  const order = fortran ? 'True' : 'False';
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')}), }`;
  const size = shape.reduce((all, dim) => all * dim, 1);
  const bytes = new Uint8Array(10 + text.length + 4 * size);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]);
  bytes.set(Buffer.from(text), 10);
  const view = new DataView(bytes.buffer, 10 + text.length);
  const axes = shape.map((dim, axis) => ({
    dim,
    stride: shape.slice(axis + 1).reduce((a, b) => a * b, 1),
  }));
  for (let place = 0; place < size; place++) {
    let value = place;
    if (fortran) {
      let left = place;
      value = 0;
      for (const { dim, stride } of axes) {
        value += (left % dim) * stride;
        left = Math.floor(left / dim);
      }
    }
    view.setFloat32(4 * place, value, descr.startsWith('<'));
  }
  return bytes;
}

/** A source that remembers what was read. */
function watched(bytes: Uint8Array): ByteSource & { readonly reads: [number, number][] } {
  const reads: [number, number][] = [];
  const { size, read } = bytesSource(bytes);
  return {
    size,
    reads,
    read: (offset, length) => {
      reads.push([offset, length]);
      return read(offset, length);
    },
  };
}

const counted = (from: number, length: number): number[] =>
  Array.from({ length }, (_, at) => from + at);

test('only the rows asked for are read', async () => {
  const source = watched(stored('<f4', false, [1000, 2, 3]));
  const array = await openNpy('a.npy', source);
  expect(array).toMatchObject({ format: 'npy', count: 1000, shape: [2, 3], pixels: false });
  expect(array.labels).toBeUndefined();
  source.reads.length = 0;
  const { data, shape } = await array.read(10, 2);
  expect([...data]).toEqual(counted(60, 12));
  expect(shape).toEqual([2, 2, 3]);
  expect(source.reads.map(([, length]) => length)).toEqual([48]);
});

test('opening reads no more than the header', async () => {
  const source = watched(stored('<f4', false, [100_000, 5]));
  await openNpy('a.npy', source);
  expect(source.reads.reduce((sum, [, length]) => sum + length, 0)).toBeLessThan(200);
});

test('Fortran order over many rows reads the rows, not the file', async () => {
  const rows = 300_000;
  const source = watched(stored('>f4', true, [rows, 2, 3]));
  const array = await openNpy('a.npy', source);
  source.reads.length = 0;
  expect([...(await array.read(rows - 2, 2)).data]).toEqual(counted((rows - 2) * 6, 12));
  // Every element of a sample is a megabyte and more from the next: read one by one.
  expect(source.reads.map(([, length]) => length)).toEqual([8, 8, 8, 8, 8, 8]);
});

test('Fortran order over few rows reads in large pieces', async () => {
  const source = watched(stored('<f4', true, [3, 250_000]));
  const array = await openNpy('a.npy', source);
  source.reads.length = 0;
  const { data } = await array.read(1, 1);
  expect([data[0], data[1], data.at(-1)]).toEqual([250_000, 250_001, 499_999]);
  expect(source.reads).toHaveLength(3);
  expect(Math.max(...source.reads.map(([, length]) => length))).toBeLessThanOrEqual(2 ** 20);
});

test('any rows of any shape in either order are the same', async () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(shapes, fc.nat(), fc.nat(), fc.boolean(), async (shape, a, b, fortran) => {
      const rows = shape[0]!;
      const first = a % rows;
      const count = 1 + (b % (rows - first));
      const each = shape.slice(1).reduce((all, dim) => all * dim, 1);
      const array = await openNpy('a.npy', bytesSource(stored('<f4', fortran, shape)));
      const read = await array.read(first, count);
      expect([...read.data]).toEqual(counted(first * each, count * each));
      expect(read.shape).toEqual([count, ...shape.slice(1)]);
    }),
  );
});

test.each([
  [0, 0],
  [-1, 1],
  [2, 2],
  [0.5, 1],
  [0, 4],
  [NaN, 1],
])('rows from %d, %d of them, do not exist', async (first, count) => {
  const array = await openNpy('a.npy', bytesSource(stored('<f4', false, [3, 2])));
  await expect(array.read(first, count)).rejects.toMatchObject({
    code: 'invalid-argument',
    subject: { file: 'a.npy' },
  });
});

test.each([[[]], [[0, 3]], [[2, 0]]])('shape %j has no samples', async (shape) => {
  const size = shape.length === 0 ? 1 : 0;
  const file = encodeNpy({ data: new Float32Array(size), shape });
  await expect(openNpy('a.npy', bytesSource(file))).rejects.toThrow('array[None]');
});

const inputs = join(__dirname, '../../../../../shared/data/inputs/squeezenet.inputs.npy');
(existsSync(inputs) ? test : test.skip)('photos written by NumPy', async () => {
  const array = await openNpy('squeezenet.inputs.npy', bytesSource(readFileSync(inputs)));
  expect(array).toMatchObject({ count: 3, shape: [3, 227, 227] });
  const { data } = await array.read(0, 3);
  expect([...data.subarray(0, 6)]).toEqual([91, 77, 84, 85, 78, 87]);
  expect([...(await array.read(1, 1)).data]).toEqual([...data.subarray(154_587, 309_174)]);
});
