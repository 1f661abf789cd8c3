import { picturedSample, type Sheet, type SheetTruth } from '@patternlens/heatmap';
import type { Tensor } from '@patternlens/core';
import type { Truth } from '../state/samples.js';
import type { Exported } from './exported.js';
import { labelOf } from './label-of.js';

/** What is known of a generated sample, as columns. */
const TRUTHS: readonly (SheetTruth & { readonly of: (truth: Truth) => Tensor })[] = [
  { name: 'true signal', kind: 'signal', of: ({ signal }) => signal },
  { name: 'true distractor', kind: 'signal', of: ({ distractor }) => distractor },
];

/** The current sample by all methods that are done, at the network's first input, with its truth where that is known. */
export function sheetOnScreen({ model, place, sample, methods }: Exported): Sheet {
  const [input] = model.facts.inputs as [Exported['model']['facts']['inputs'][number]];
  const pictured = (batch: Tensor) => picturedSample(batch, 0, input.axes);
  const { values, layout } = pictured(sample.inputs[input.name]!);
  const { targets, explained } = methods[0]!.explanation;
  const target = targets[0]!;
  const truths = sample.truth ? TRUTHS : [];
  return {
    title: `${model.facts.name}, ${place.set.nameOf(place.index)}`,
    layout,
    methods: methods.map(({ explanation }) => ({ recipe: explanation.recipe })),
    truth: truths.map(({ name, kind }) => ({ name, kind })),
    rows: [
      {
        input: { values, preprocessing: place.set.preprocessing?.values },
        target: { target, value: explained[0]!, name: labelOf(model, target) },
        ...(sample.truth ? { trueName: model.labels?.[sample.truth.label] } : {}),
        maps: methods.map(({ explanation }) => ({
          relevance: pictured(explanation.relevanceByInput[input.name]!).values,
          exponent: explanation.exponents[0]!,
          warnings: explanation.warnings[0]!,
        })),
        truth: truths.map(({ of }) => pictured(of(sample.truth!)).values),
      },
    ],
  };
}
