import { targetId, targetName, valueText } from './target-text.js';

describe('words about targets', () => {
  it.each([
    [{ target: 281, name: 'tabby cat', value: 14.3123 }, 'class 281 tabby cat', 'logit 14.31'],
    [{ target: 0 }, 'class 0', undefined],
    [{ target: 3, value: 0.97, unit: 'probability' }, 'class 3', 'probability 0.97'],
    [
      { target: { layer: 'fire9/conv', channel: 12, position: [3, 4] }, value: -2 },
      'fire9/conv/12 at (3, 4)',
      'value −2.00',
    ],
    [{ target: { channel: 2 }, name: 'sky', value: 7 }, 'channel 2 sky', 'sum of logits 7.00'],
    [{ target: { layer: 'dense', channel: 1, position: [] } }, 'dense/1', undefined],
  ])('%j: %s, %s', (target, name, value) => {
    expect(targetName(target)).toBe(name);
    expect(valueText(target)).toBe(value);
  });

  it('tells the number of a named class', () => {
    expect(targetId({ target: 281, name: 'tabby cat' })).toBe('class 281');
  });
});
