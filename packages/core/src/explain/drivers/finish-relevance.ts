import type { FamilyResult } from '../../methods/drivers/driver.js';
import type { TensorRecord } from '../../tensor/tensor-record.js';
import { tensor, type Tensor } from '../../tensor/tensor.js';

/** The range that a sample's largest value must stay in for its true values to be returned, as for a traced method. */
const LOWEST = 2 ** -100,
  HIGHEST = 2 ** 126;

export interface FinishedRelevance {
  readonly relevanceByInput: Readonly<Record<string, Tensor>>;
  readonly exponents: readonly number[];
  readonly sums: readonly number[];
  /** `|sum - expected sum|`, and the same divided by `|expected sum|`, one a sample, where the driver states an expected sum. */
  readonly completenessErrors?: readonly number[];
  readonly relativeCompletenessErrors?: readonly number[];
  /** One a sample, where the driver finds out how many steps it takes. */
  readonly stepsTaken?: readonly number[];
}

function exponentOf({ relevance }: FamilyResult): number {
  let largest = 0;
  for (const values of Object.values(relevance))
    for (let at = 0; at < values.length; at++) largest = Math.max(largest, Math.abs(values[at]!));
  return largest === 0 || !(largest < Infinity) || (largest >= LOWEST && largest <= HIGHEST)
    ? 0
    : Math.floor(Math.log2(largest));
}

const sumOf = ({ relevance }: FamilyResult): number =>
  Object.values(relevance).reduce(
    (total, values) => total + values.reduce((sum, value) => sum + value, 0),
    0,
  );

const relative = (error: number, expected: number): number =>
  error === 0 ? 0 : error / Math.abs(expected);

/** The relevance of a batch's families as an explanation has it: in float64, with a power of two apart where float32 cannot hold it. */
export function finishRelevance(
  families: readonly FamilyResult[],
  inputs: TensorRecord,
): FinishedRelevance {
  const exponents = families.map(exponentOf);
  const relevanceByInput = Object.fromEntries(
    Object.keys(families[0]!.relevance).map((name) => {
      const { data, shape } = inputs[name]!;
      const each = data.length / shape[0]!;
      const values = new Float64Array(data.length);
      families.forEach(({ relevance }, sample) => {
        const power = 2 ** -exponents[sample]!;
        relevance[name]!.forEach((value, at) => {
          values[sample * each + at] = value * power;
        });
      });
      return [name, tensor(values, shape)];
    }),
  );
  const totals = families.map(sumOf);
  const sums = totals.map((total, sample) => total * 2 ** -exponents[sample]!);
  const expected = families.map(({ expectedSum }) => expectedSum);
  const steps = families.map((family) => family.steps);
  const stepsTaken = steps.every((value) => value !== undefined) ? { stepsTaken: steps } : {};
  if (!expected.every((value) => value !== undefined))
    return { relevanceByInput, exponents, sums, ...stepsTaken };
  const completenessErrors = totals.map((total, sample) => Math.abs(total - expected[sample]!));
  return {
    relevanceByInput,
    exponents,
    sums,
    completenessErrors,
    relativeCompletenessErrors: completenessErrors.map((error, sample) =>
      relative(error, expected[sample]!),
    ),
    ...stepsTaken,
  };
}
