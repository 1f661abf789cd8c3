import type { FileKind } from './file-kind.js';
import { tellFile } from './tell-files-apart.js';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const latin = (content: string): Uint8Array => Uint8Array.from(content, (c) => c.charCodeAt(0));

const told = (path: string, head: Uint8Array, size = head.length) => tellFile({ path, head, size });

const IDX_IMAGES = bytes(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 9, 9, 9, 9);
const SAFETENSORS = bytes(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d);
const ONNX = bytes(8, 7, 0x12, 3, 1, 2, 3);

describe('tellFile', () => {
  it.each<readonly [string, Uint8Array, number | undefined, FileKind]>([
    ['model.onnx', ONNX, undefined, 'onnx'],
    ['model.bin.part', ONNX, undefined, 'onnx'],
    ['no-version.onnx', bytes(0x3a, 2, 0x0a, 0), undefined, 'onnx'],
    ['model.json', text('{"weightsManifest":[]}'), undefined, 'tfjs'],
    ['anything.json', text(' {"modelTopology":{}}'), undefined, 'tfjs'],
    ['p.safetensors', SAFETENSORS, undefined, 'patterns'],
    ['p.bytes', SAFETENSORS, undefined, 'patterns'],
    ['a.preprocess.json', text('{"resize":256}'), undefined, 'preprocessing'],
    ['anything.json', text('{"scale":1,"mean":[0]}'), undefined, 'preprocessing'],
    ['metadata.json', text('{"tfjsVersion":"1","labels":["a"]}'), undefined, 'metadata'],
    ['labels.txt', text('cat\ndog'), undefined, 'labels'],
    ['classes.json', text('["cat","dog"]'), undefined, 'labels'],
    ['config.json', text('{"id2label":{"0":"cat"}}'), undefined, 'labels'],
    ['imagenet_class_index.json', text('{"0":["n1","tench"]}'), undefined, 'labels'],
    ['a.png', latin('\x89PNG\r\n\x1a\n'), undefined, 'image'],
    ['a.npy', latin('\xff\xd8\xff\xe0'), undefined, 'image'],
    ['photo.heic', latin('\0\0\0\x18ftypheic'), undefined, 'image'],
    ['a', latin('RIFF\0\0\0\0WEBP'), undefined, 'image'],
    ['x.npy', latin('\x93NUMPY\x01\0'), undefined, 'npy'],
    ['t10k-images-idx3-ubyte', IDX_IMAGES, undefined, 'idx'],
    ['t10k-labels-idx1-ubyte', bytes(0, 0, 8, 1, 0, 0, 0, 2, 1, 7), undefined, 'idx-labels'],
    ['test.bin', bytes(3, 1, 2), 3073 * 4, 'cifar'],
    // The label 8, then a pixel that looks like a version of ONNX.
    ['test.bin', bytes(8, 7, 0x12), 3073, 'cifar'],
    ['group1-shard1of1.bin', bytes(200, 1, 2), 1234, 'other'],
    ['all.zip', latin('PK\x03\x04'), undefined, 'zip'],
    ['x.npy.gz', bytes(0x1f, 0x8b, 8), undefined, 'gzip'],
    ['weights.data', bytes(0, 1, 2, 3), 400, 'other'],
  ])('%s that begins %s is %s', (path, head, size, kind) => {
    expect(told(path, head, size).kind).toBe(kind);
  });

  it.each([
    ['model.onnx', text('version https://git-lfs.github.com/spec/v1\noid'), 'Git LFS pointer'],
    ['model.onnx', text('\n<!DOCTYPE html><html>'), 'HTML page'],
    ['model.pt', latin('PK\x03\x04'), 'torch.onnx.export'],
    ['model.h5', latin('\x89HDF\r\n\x1a\n'), 'tensorflowjs_converter'],
    ['model.json', text('{"weightsManifest": ['), 'not whole JSON'],
    ['model.onnx', new Uint8Array(), 'is empty'],
    ['x.npy', bytes(0, 1, 2, 3), 'numpy.save'],
  ])('%s is left out, and it is said why', (path, head, sentence) => {
    const { kind, reason } = told(path, head);
    expect(kind).toBe('other');
    expect(reason).toContain(sentence);
  });
});
