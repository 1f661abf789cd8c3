import { preprocessingHash } from '@patternlens/data';
import type { SampleSet } from '../state/samples.js';
import { arrayName, pictureName } from './download-names.js';
import type { Fields } from './explained-maps.js';
import type { Exported, ExportedMethod } from './exported.js';
import { labelOf } from './label-of.js';

/** JSON has no infinity. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** How pixels became inputs, as the command's results say it; null where no source has pixels. */
export const preprocessingEntry = ({ preprocessing }: SampleSet): object | null =>
  preprocessing === undefined
    ? null
    : { ...preprocessing, hash: preprocessingHash(preprocessing.values) };

/** Receptive fields as `[from, to)` an axis; by input where there are several. */
function listed(fields: Fields, inputs: readonly string[]): unknown {
  const pairs = (name: string): number[][] =>
    (fields[name] ?? []).map(({ from, to }) => [from, to]);
  return inputs.length === 1
    ? pairs(inputs[0]!)
    : Object.fromEntries(inputs.map((name) => [name, pairs(name)]));
}

function sampleEntry(
  { model, place }: Exported,
  { word, explanation }: ExportedMethod,
  fields: Fields | undefined,
): object {
  const inputs = model.facts.inputs.map(({ name }) => name);
  const single = inputs.length === 1;
  const { stepsTaken, completenessErrors, relativeCompletenessErrors } = explanation;
  const target = explanation.targets[0]!;
  const byInput = (name: (input?: string) => string): unknown =>
    single ? name() : Object.fromEntries(inputs.map((input) => [input, name(input)]));
  return {
    source: single ? place.set.source : (place.set.sourcesByInput ?? place.set.source),
    index: place.index,
    target,
    label: labelOf(model, target) ?? null,
    output: explanation.explained[0],
    start: explanation.starts[0],
    exponent: explanation.exponents[0],
    sum: explanation.sums[0],
    ...(fields ? { receptiveField: listed(fields, inputs) } : {}),
    ...(completenessErrors && relativeCompletenessErrors
      ? {
          completenessError: completenessErrors[0],
          relativeCompletenessError: finite(relativeCompletenessErrors[0]!),
        }
      : {}),
    ...(stepsTaken ? { stepsTaken: stepsTaken[0] } : {}),
    warnings: explanation.warnings[0],
    files: {
      npy: byInput((input) => arrayName(place, word, input)),
      png: byInput((input) => pictureName(place, word, 'png', input)),
    },
  };
}

/** All that is done, as the command's `explanations.json` has it: an entry a method, each with the current sample. */
export function explanationsJson(
  exported: Exported,
  fieldsOf: (method: ExportedMethod) => Fields | undefined,
): string {
  const { model, place, methods } = exported;
  const entries = methods.map((method) => {
    const { recipe } = method.explanation;
    return {
      model: model.files.path,
      method: recipe.method,
      parameters: recipe.parameters,
      ...(recipe.explainedOutput === undefined ? {} : { explainedOutput: recipe.explainedOutput }),
      ...(recipe.plugins === undefined ? {} : { plugins: recipe.plugins }),
      backend: recipe.backend,
      preprocessing: preprocessingEntry(place.set),
      samples: [sampleEntry(exported, method, fieldsOf(method))],
    };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}
