/** Sentences of the Learn view. */
export const LEARN_WORDS = {
  title: 'Why weights are not patterns',
  what: 'Each point is an input of two numbers. What a neuron has to tell is its colour, which changes along the signal. The distractor is added to it, and hides it.',
  turn: 'Turn the distractor: take its arrow, or the slider.',
  weights:
    'The weights w turn away, to stay at right angles to it: they say how to get rid of the distractor, not where the signal is.',
  pattern: 'The pattern a stays on the signal.',
  rho: 'rho says how much of the signal an estimator found: 1 is all of it.',
  noise: 'Add noise in all directions',
  tour: 'Five steps over the live page, one thing to do in each.',
} as const;

/** A step of the tour: one sentence, and one thing to do. */
export interface TourWords {
  readonly title: string;
  readonly sentence: string;
  readonly todo: string;
}

/** The steps of the tour, in their order. */
export const TOUR_WORDS: readonly TourWords[] = [
  {
    title: 'Two directions',
    sentence:
      'A neuron’s weights have to cancel the distractor, so they point elsewhere than the signal.',
    todo: 'Turn the distractor, and watch w turn with it while a stays.',
  },
  {
    title: 'Weights are not patterns',
    sentence: 'The same holds in a trained network: what a neuron weighs is not what it looks for.',
    todo: 'Compare the weights of the first layer with its patterns, neuron by neuron.',
  },
  {
    title: 'What the network saw',
    sentence:
      'This sample is a signal, a distractor and noise, all of them known. PatternNet shows what reached the decision.',
    todo: 'Hold PatternNet against the signal and against the distractor.',
  },
  {
    title: 'What counted',
    sentence:
      'PatternAttribution says which pixels the decision rests on; the gradient says which weights would change it.',
    todo: 'Compare the rank accuracy below the two maps: how well each finds the true pixels.',
  },
  {
    title: 'Do not believe us',
    sentence:
      'An explanation has to change when the network is spoilt, and has to be the same on every backend.',
    todo: 'Randomise the layers from the top. Then compare the backends.',
  },
];
