import { bytesSource } from '@patternlens/core';
import { gzipSync } from 'node:zlib';
import { encodeNpy } from '../npy/encode-npy.js';
import { openArray } from './open-array.js';

const open = (bytes: Uint8Array, name = 'digits.npy'): ReturnType<typeof openArray> =>
  openArray(name, bytesSource(bytes));
const npy = encodeNpy({ data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] });
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test('the content decides, whatever the name', async () => {
  for (const name of ['a.npy', 'a.npy.gz', 'a.bin', 'a']) {
    for (const bytes of [npy, gzipSync(npy)]) {
      const array = await open(bytes, name);
      expect(array).toMatchObject({ name, format: 'npy', count: 2, shape: [2], pixels: false });
      expect([...(await array.read(1, 1)).data]).toEqual([3, 4]);
    }
  }
});

test.each([
  ['an empty file', new Uint8Array(0), 'got an empty file'],
  ['a page', latin('<!DOCTYPE html><html>'), 'got an HTML page. Download the file itself.'],
  ['a page after blanks', latin('\xef\xbb\xbf\r\n <HTML lang="en">'), 'got an HTML page'],
  ['a pointer', latin('version https://git-lfs.github.com/spec/v1\noid'), 'git lfs pull'],
  ['an .npz', latin('PK\x03\x04rest'), 'zip archive'],
  ['an HDF5 file', latin('\x89HDF\r\n\x1a\n'), 'HDF5'],
  ['a pickle', latin('\x80\x04\x95'), 'Python pickle'],
  ['a PNG', latin('\x89PNG\r\n\x1a\n'), 'PNG image'],
  ['a JPEG', latin('\xff\xd8\xff\xe0'), 'JPEG image'],
  ['a tar archive', latin(`${'\0'.repeat(257)}ustar`), 'tar archive'],
  ['a compressed tar archive', gzipSync(latin(`${'x'.repeat(257)}ustar`)), 'tar archive'],
  ['anything else', latin('hello, world'), 'bytes that begin 68 65 6c 6c 6f 2c 20 77'],
  ['one byte', latin('\x93'), 'bytes that begin 93'],
  ['a compressed page', gzipSync(latin('<html>')), 'got an HTML page'],
  ['gzip twice', gzipSync(gzipSync(npy)), 'another gzip file'],
])('%s has a sentence of its own', async (_, bytes, sentence) => {
  const opening = open(bytes);
  await expect(opening).rejects.toMatchObject({
    code: 'invalid-file',
    subject: { file: 'digits.npy' },
  });
  await expect(opening).rejects.toThrow('[data] "digits.npy": expected an array');
  await expect(opening).rejects.toThrow(sentence);
});

test('a bomb stops at the limit', async () => {
  const bomb = bytesSource(gzipSync(new Uint8Array(2 ** 24)));
  await expect(openArray('a.npy.gz', bomb, { limit: 2 ** 16 })).rejects.toThrow(
    'no more than 65536 bytes',
  );
});
