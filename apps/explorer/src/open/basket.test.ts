import { sortFiles, withMore, type KnownFile } from './basket.js';
import type { FileKind } from './file-kind.js';

const file = (path: string, kind: FileKind, reason?: string): KnownFile => ({
  path,
  kind,
  reason,
  content: new Blob(),
});

describe('sortFiles', () => {
  it('takes a shard for a shard, whatever it looks like', () => {
    const files = [file('m/model.json', 'tfjs'), file('m/group1-shard1of1.bin', 'cifar')];
    const basket = sortFiles(files, new Set(['group1-shard1of1.bin']));
    expect(basket.beside.map(({ path }) => path)).toContain('m/group1-shard1of1.bin');
    expect(basket.arrays).toEqual([]);
  });

  it('keeps what may be external data beside a model, and tells of it without one', () => {
    const data = file('weights.data', 'other');
    expect(sortFiles([file('m.onnx', 'onnx'), data], new Set()).beside).toEqual([data]);
    const alone = sortFiles([data], new Set());
    expect(alone.told[0]).toMatch(/^weights\.data is nothing that can be opened here\./);
  });

  it('opens one model, and names those that it leaves out', () => {
    const { model, told } = sortFiles([file('a.onnx', 'onnx'), file('b.onnx', 'onnx')], new Set());
    expect(model?.file.path).toBe('a.onnx');
    expect(told).toEqual([
      'b.onnx is left out: one model is opened at a time, and that is a.onnx.',
    ]);
  });

  it('prefers the text file that is named for labels', () => {
    const files = [file('README.txt', 'labels'), file('imagenet_classes.txt', 'labels')];
    expect(sortFiles(files, new Set()).labels?.path).toBe('imagenet_classes.txt');
    expect(sortFiles([file('a.txt', 'labels'), file('b.txt', 'labels')], new Set()).labels).toBe(
      undefined,
    );
  });

  it('adds what is dropped later', () => {
    const before = sortFiles([file('model.json', 'tfjs'), file('a.png', 'image')], new Set());
    const more = sortFiles([file('s.bin', 'other')], new Set(['s.bin']));
    const whole = withMore(before, more);
    expect(whole.model?.file.path).toBe('model.json');
    expect(whole.beside.map(({ path }) => path)).toEqual(['s.bin']);
    expect(whole.images).toHaveLength(1);
  });
});
