import type { OpenedModel } from '../state/app-state.js';
import { parseTarget, readTarget, targetText } from './target.js';

const model = {
  labels: ['cat', '<b>dog</b>'],
  facts: {
    outputShape: [{ batch: 1 }, 4],
    layers: [{ name: 'block/conv1', outputShape: [{ batch: 1 }, 6, 5, 8] }],
    channelAxes: { output: 1, layers: { 'block/conv1': 3 } },
  },
} as unknown as OpenedModel;

describe('targets', () => {
  test.each([
    ['top', 'top'],
    ['3', 3],
    ['<b>dog</b>', 1],
    ['channel:2', { channel: 2 }],
    ['block/conv1/3', { layer: 'block/conv1', channel: 3, position: 'max' }],
    ['block/conv1/3@0,4', { layer: 'block/conv1', channel: 3, position: [0, 4] }],
  ])('%s is read as the command reads it', (text, target) => {
    expect(parseTarget(text, model.labels)).toEqual(target);
  });

  test('are written as they are read', () => {
    expect(targetText({ layer: 'a/b', channel: 3, position: [0, 4] })).toBe('a/b/3@0,4');
    expect(targetText({ channel: 2 })).toBe('channel:2');
    expect(targetText(7)).toBe('7');
  });

  test.each([
    ['4', 'There is no class 4: there are 4, 0 to 3.'],
    ['channel:4', 'There is no channel 4: there are 4, 0 to 3.'],
    ['block/conv1/8', 'There is no channel of block/conv1 8: there are 8, 0 to 7.'],
    ['block/conv1/7@5', 'A neuron of block/conv1 has 2 indices behind its channel, not 1.'],
    ['block/conv1/7@5,5', 'There is no place of block/conv1 at 5: there are 5, 0 to 4.'],
    ['conv9/1', 'There is no layer “conv9” in this model. The Layers view lists them.'],
    ['bird', '“bird” is no class of this model.'],
  ])('%s is none of this model', (text, sentence) => {
    const read = readTarget(text, model);
    expect((read as { problem: string }).problem).toContain(sentence);
  });
});
