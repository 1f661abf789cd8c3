import type { SampleSet } from '../state/samples.js';
import { cascadeSentences } from './cascade-sentences.js';
import { bandPath, curveScale, linePath, scoreRange, stepAt, tickSteps } from './curve-scale.js';
import { defaultPatch, patchCount } from './default-patch.js';
import { measuredSamples } from './measured-samples.js';

const setOf = (source: string, count: number): SampleSet => ({
  ...{ key: source, source, stem: source, single: count === 1, count },
  nameOf: String,
  read: () => Promise.reject(new Error('not read here')),
});

describe('what is measured', () => {
  const [a, b, generated] = [setOf('a.npy', 3), setOf('b.npy', 4), setOf('generated:seed=5', 24)];
  const sets = [a, b, generated];

  test('generated samples go on from the current one', () => {
    const { asked, indexOf, refit } = measuredSamples(sets, { set: generated, index: 6 }, 20);
    expect(asked).toEqual({ generated: { seed: 5, first: 6 }, count: 20 });
    const at = (index: number) => indexOf({ set: generated, index });
    expect([5, 6, 25, 26].map(at)).toEqual([undefined, 0, 19, undefined]);
    expect(indexOf({ set: a, index: 6 })).toBeUndefined();
    expect(refit(256)).toEqual({ generated: { seed: 5, first: 0 }, count: 256 });
  });

  test('own files are one source, and its end is not passed', () => {
    const early = measuredSamples(sets, { set: a, index: 1 }, 4);
    expect(early.asked).toEqual({ count: 4, from: 1 });
    expect(early.indexOf({ set: b, index: 1 })).toBe(3);
    expect(early.indexOf({ set: b, index: 2 })).toBeUndefined();
    const late = measuredSamples(sets, { set: b, index: 3 }, 4);
    expect(late.asked).toEqual({ count: 4, from: 3 });
    expect(late.indexOf({ set: b, index: 3 })).toBe(3);
    expect(measuredSamples(sets, { set: a, index: 2 }, 50).asked).toEqual({ count: 7, from: 0 });
  });

  test('patches are of 9 for photos, of an eighth of smaller sides', () => {
    expect(
      [
        [224, 227],
        [40, 60],
        [16, 16],
        [3, 3],
      ].map(defaultPatch),
    ).toEqual([9, 5, 2, 1]);
    expect(patchCount([16, 17], 5)).toBe(9);
  });
});

describe('the chart', () => {
  const scale = curveScale(444, 300, 20, scoreRange('softmax', []));

  test('puts steps and scores where they belong, and finds them again', () => {
    expect([scale.x(0), scale.x(20)]).toEqual([scale.left, scale.right]);
    expect([scale.y(0), scale.y(1)]).toEqual([scale.bottom, scale.top]);
    for (const step of [0, 7, 20]) expect(stepAt(scale, scale.x(step) + 3)).toBe(step);
    expect([stepAt(scale, -100), stepAt(scale, 1000)]).toEqual([0, 20]);
    expect(tickSteps(scale)).toEqual([0, 5, 10, 15, 20]);
  });

  test('draws lines and bands through every step', () => {
    expect(linePath(scale, [1, 0])).toBe('M44.0 10.0L63.3 258.0');
    expect(bandPath(scale, [0, 0], [1, 1])).toBe('M44.0 10.0L63.3 10.0L63.3 258.0L44.0 258.0Z');
  });

  test('has the range of outputs that are no probabilities', () => {
    expect(scoreRange('output', [[3, -1], [7]])).toEqual([-1, 7]);
    expect(scoreRange('output', [[3, 3]])).toEqual([2, 4]);
  });
});

describe('what a cascade says', () => {
  const column = (name: string, ...similarities: (number | null)[]) => ({
    name,
    stages: similarities.map((similarity, at) => ({ layer: `layer${at}`, similarity })),
  });

  test('groups methods by how much they change at the top', () => {
    expect(
      cascadeSentences([column('Gradient', 0.52, 0.1), column('PatternAttribution', 0.97, 0.3)]),
    ).toEqual([
      'With layer0 alone drawn anew, PatternAttribution (0.97) hardly changes; Gradient (0.52) changes.',
      'So PatternAttribution says little about what layer0 has learned: what it weighs hardly shows in the map.',
      'With all layers drawn anew, PatternAttribution (0.30) is most like what it was.',
    ]);
  });

  test('says of no method that it is blind where all change, and nothing without numbers', () => {
    expect(cascadeSentences([column('A', 0.1), column('B', -0.2), column('C', null)])).toEqual([
      'With layer0 alone drawn anew, A (0.10) and B (−0.20) change much.',
    ]);
    expect(cascadeSentences([column('A', null)])).toEqual([]);
    expect(cascadeSentences([])).toEqual([]);
  });
});
