import { sentFailure } from '../compute/call-failure.js';
import { modelFailure } from './model-failure.js';

/** What an engine throws where there is no memory. */
function allocationFailure(): unknown {
  try {
    return new ArrayBuffer(2 ** 52);
  } catch (thrown) {
    return thrown;
  }
}

describe('modelFailure', () => {
  it('says that memory is missing, with the engine’s own words behind it', () => {
    const thrown = allocationFailure();
    expect(modelFailure('large.onnx', sentFailure(thrown))).toEqual({
      code: 'failed',
      sentence: 'Not enough memory for this model on this device.',
      cause: expect.stringContaining('allocation failed') as string,
    });
  });

  it('is about the file', () => {
    const failure = {
      code: 'invalid-file',
      sentence: 'model: it is cut off.',
      subject: {},
    } as const;
    expect(modelFailure('a.onnx', failure).sentence).toBe('a.onnx: it is cut off.');
  });
});
