import type { Explanation } from '@patternlens/core';
import { labelOf, type ExplainedSample } from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';
import type { SampleEntry } from './explained-samples.js';
import { listed } from './neuron-fields.js';

/** Names of a sample's files by input. */
type FileNames = Readonly<Record<string, string>>;

/** JSON has no infinity. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function completenessOf(
  { completenessErrors, relativeCompletenessErrors }: Explanation,
  at: number,
): Pick<SampleEntry, 'completenessError' | 'relativeCompletenessError'> {
  return completenessErrors && relativeCompletenessErrors
    ? {
        completenessError: completenessErrors[at]!,
        relativeCompletenessError: finite(relativeCompletenessErrors[at]!),
      }
    : {};
}

/** A sample as `explanations.json` has it: of a network of one input without the input's name. */
export function sampleEntry(
  { network, labels }: OpenedModel,
  { explanation, at, sample, fields }: ExplainedSample,
  npy: FileNames,
  png: Record<string, string> | null,
): SampleEntry {
  const [input, another] = network.inputs.map(({ name }) => name) as [string, string?];
  const single = another === undefined;
  const target = explanation.targets[at]!;
  const sources = [...sample.sources].map(([name, source]) => [name, source.name] as const);
  return {
    source: single ? sample.sources.get(input)!.name : Object.fromEntries(sources),
    index: sample.index,
    target,
    label: labelOf(network, labels, target) ?? null,
    output: explanation.explained[at]!,
    start: explanation.starts[at]!,
    exponent: explanation.exponents[at]!,
    sum: explanation.sums[at]!,
    ...(fields ? { receptiveField: listed(fields, single) } : {}),
    ...completenessOf(explanation, at),
    ...(explanation.stepsTaken ? { stepsTaken: explanation.stepsTaken[at]! } : {}),
    warnings: explanation.warnings[at]!,
    files: single ? { npy: npy[input]!, png: png && png[input]! } : { npy, png },
  };
}
