import { counted, countText } from '@patternlens/page';

/** Sentences of the Layers view. */
export const LAYERS_WORDS = {
  neurons: (shown: number, of: number): string =>
    shown === of
      ? `All ${counted(of, 'neuron')}, the strongest for this sample first.`
      : `The ${countText(shown)} strongest of ${counted(of, 'neuron')} for this sample.`,
  weights:
    'What the neuron multiplies its input by: it answers to the signal, and is at right angles to the distractor.',
  patterns: 'What changes in the input when the neuron’s output does: the signal itself.',
  rare: 'fired fewer than 10 times',
  noLinear: 'This model has no layer with weights that patterns belong to.',
  noPatterns:
    'There are no patterns yet. Fit them in the view Fit, or drop a pattern file anywhere on the page.',
  quality: (samples: number): string =>
    `rho of each layer on ${counted(samples, 'sample')} and positions that neither the patterns nor v have seen: 1 means that nothing about the output is left in what the estimator calls the distractor.`,
  inner:
    'What arrives at each layer on the way back, its channels summed: from the output, left, to the input. Each map has a scale of its own; of attributions, the sums say where relevance is kept.',
  noInner: 'None of the ticked methods passes relevance back layer by layer.',
  explain: (name: string): string => `Explain ${name}`,
} as const;
