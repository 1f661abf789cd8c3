import { assignInputs } from './assign-inputs.js';
import { boundShape, freeAxes } from './free-axes.js';
import { generatedStart } from './generated-source.js';
import { labelNames } from './label-names.js';
import { rewriteAddress } from './rewrite-address.js';
import { teachableMetadata } from './teachable-metadata.js';

describe('rewriteAddress', () => {
  it.each([
    [
      'https://github.com/o/r/blob/main/a/model.onnx',
      'https://raw.githubusercontent.com/o/r/main/a/model.onnx',
      'raw.githubusercontent.com',
    ],
    [
      'https://huggingface.co/o/r/blob/main/model.onnx?download=true',
      'https://huggingface.co/o/r/resolve/main/model.onnx?download=true',
      'huggingface.co',
    ],
    ['example.org/model.onnx#x', 'https://example.org/model.onnx', 'example.org'],
    ['http://127.0.0.1:8000/model.onnx', 'http://127.0.0.1:8000/model.onnx', '127.0.0.1:8000'],
  ])('%s', (typed, url, host) => {
    expect(rewriteAddress(typed)).toEqual({ url, host, name: 'model.onnx' });
  });

  it.each(['', 'model', 'javascript:alert(1)', 'file:///etc/passwd', 'https://'])(
    '"%s" is no address',
    (typed) => {
      expect(rewriteAddress(typed)).toBe(undefined);
    },
  );
});

describe('freeAxes', () => {
  it('reads what an importer asks for', () => {
    const sentence =
      'input "x" has shape [N, 3, H, W]: axis 2 is free. Bind it, for instance with --shape x=3,SIZE,SIZE.';
    const asked = freeAxes('x', sentence);
    expect(asked).toEqual({ input: 'x', axes: [3, 'free', 'free'] });
    expect(boundShape(asked!.axes, [3, 32, 48])).toEqual([3, 32, 48]);
  });

  it('keeps the place of a batch that is not the first axis', () => {
    const asked = freeAxes('s', 'Bind it, for instance with --shape s=SIZE,N,4.');
    expect(boundShape(asked!.axes, [7, 0, 4])).toEqual([7, 'N', 4]);
  });

  it('leaves other sentences alone', () => {
    expect(freeAxes('x', 'input "x": something else.')).toBe(undefined);
  });
});

describe('generatedStart', () => {
  it.each([
    ['generated', { seed: 7, first: 0 }],
    ['generated:seed=3', { seed: 3, first: 0 }],
    ['generated:seed=3,first=8000', { seed: 3, first: 8000 }],
    ['generated:first=1,seed=2', { seed: 2, first: 1 }],
    ['generated:seed=-1', undefined],
    ['generated:size=1', undefined],
    ['generated:seed=4294967296', undefined],
    ['cat.jpg', undefined],
  ])('%s', (text, start) => {
    expect(generatedStart(text)).toEqual(start);
  });
});

describe('labelNames', () => {
  it.each([
    ['cat\r\ndog\n\n', ['cat', 'dog']],
    ['\uFEFFcat\n\ndog', ['cat', '', 'dog']],
    ['["cat", "dog"]', ['cat', 'dog']],
    ['{"0": ["n01", "tench"], "1": ["n02", "shark"]}', ['tench', 'shark']],
    ['{"id2label": {"0": "no", "1": "yes"}}', ['no', 'yes']],
  ])('%j', (text, names) => {
    expect(labelNames(text)).toEqual(names);
  });
});

describe('teachableMetadata', () => {
  it('is -1 to 1 for images, and labels alone for others', () => {
    expect(teachableMetadata('{"labels":["a","b"],"imageSize":224}')).toEqual({
      labels: ['a', 'b'],
      preprocessing: { scale: 1 / 127.5, mean: [1] },
    });
    expect(teachableMetadata('{"labels":["a"]}').preprocessing).toBe(undefined);
    expect(
      teachableMetadata('{"labels":[],"imageSize":96,"grayscale":true}').preprocessing?.channels,
    ).toBe('gray');
  });
});

describe('assignInputs', () => {
  it('goes by the input in the name of the file', () => {
    expect([...assignInputs(['image', 'state'], ['x_image.npy', 'state.npy'])]).toEqual([
      ['image', 'x_image.npy'],
      ['state', 'state.npy'],
    ]);
  });

  it('leaves out what no file names, or several do', () => {
    expect([...assignInputs(['a', 'b'], ['a-1.npy', 'a-2.npy', 'c.npy'])]).toEqual([]);
  });
});
