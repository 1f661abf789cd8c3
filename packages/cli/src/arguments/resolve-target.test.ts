import { resolveNetwork, type Shape } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { classLabels, labelOf, namesOf } from '@patternlens/explain/node';
import { parseTarget } from './parse-target.js';
import { resolveClass, resolveTarget } from './resolve-target.js';

const N = { batch: 1 };

/** A network that gives its input back, as it is. */
const network = (...sizes: number[]) =>
  resolveNetwork(
    createNetwork({
      inputs: [{ name: 'x', shape: [N, ...sizes] as Shape }],
      outputs: ['y'],
      layers: [
        {
          kind: 'rectifier',
          name: 'relu/5',
          inputs: ['x'],
          output: 'y',
          attributes: {},
          parameters: {},
        } as unknown as Layer,
      ],
    }),
  );

const flat = network(5);
const NAMES = ['boot', 'crane', 'Bag, purse', 'crane', 'relu/5/1'];
const model = {
  network: flat,
  labels: classLabels(namesOf(`${NAMES.join('\n')}\n`, 'l.txt'), flat),
} as unknown as Parameters<typeof resolveClass>[1];
const meaning = (text: string) => resolveTarget(parseTarget(text), model);

test.each([
  ['top', 'top'],
  ['3', 3],
  ['channel:2', { channel: 2 }],
  ['td/0@7', { layer: 'td', channel: 0, position: [7] }],
  ['a/b/3', { layer: 'a/b', channel: 3, position: 'max' }],
  ['boot', 0],
  ['BOOT', 0],
  ['purse', 2],
  ['bag, purse', 2],
])('--target %s', (text, want) => {
  expect(meaning(text)).toEqual(want);
});

test.each([
  ['boots', 'Did you mean "boot"?'],
  ['crane', 'is the label of the classes 1 and 3. Give the number.'],
  ['relu/5/1', 'is the label of class 4, and a neuron of layer "relu/5".'],
  ['channel:two', 'expected channel:N'],
  ['something else entirely', 'which is no label of the 5.'],
])('--target %s is refused', (text, words) => {
  expect(() => meaning(text)).toThrow(words);
});

test('a label without labels asks for them, and a class is a class', () => {
  expect(() => resolveTarget(parseTarget('boot'), { network: flat })).toThrow('--labels');
  expect(resolveClass(parseTarget('boot'), model)).toBe(0);
  expect(() => resolveClass(parseTarget('channel:1'), model)).toThrow('expected a class');
});

describe('labels of channels', () => {
  const maps = network(3, 2, 2);
  const labels = classLabels(namesOf('sky\nroad\ncar', 'l.txt'), maps);

  test('mean a class at all of its positions', () => {
    const opened = { network: maps, labels } as unknown as Parameters<typeof resolveClass>[1];
    expect(resolveTarget(parseTarget('road'), opened)).toEqual({ channel: 1 });
  });

  test('name a channel, and a place of it', () => {
    expect(labelOf(maps, labels, { channel: 2 })).toBe('car');
    expect(labelOf(maps, labels, 2 * 4 + 3)).toBe('car');
    expect(
      labelOf(maps, labels, { layer: 'relu/5', channel: 0, position: [0, 0] }),
    ).toBeUndefined();
    expect(labelOf(flat, model.labels, { channel: 2 })).toBe('Bag, purse');
  });

  test('are as many as classes, or as channels', () => {
    expect(classLabels(namesOf('x\n'.repeat(12), 'l.txt'), maps).of).toBe('classes');
    expect(() => classLabels(namesOf('x\ny', 'l.txt'), maps)).toThrow(
      "a name for each of the network's 12 classes (or for each of its 3 channels), one a line, got 2.",
    );
  });
});
