import type { Backend, Executable } from '../../backend/backend.js';
import { messageOf } from '../../errors/patternlens-error.js';
import type { TensorRecord } from '../../tensor/tensor-record.js';
import type { LayerSums } from '../../tracing/layer-sums.js';
import type { TracedMethod } from '../../tracing/trace-method.js';
import type { Explanation } from '../explanation.js';
import { completenessWarning } from './completeness-warning.js';
import { type ExplanationWarning } from './explanation-warning.js';
import { cancellationWarning, lossWarning } from './flow-warnings.js';
import { followSums, type LayerFlow } from './follow-sums.js';
import { keepsSum } from './keeps-sum.js';
import { patternWarnings } from './pattern-warnings.js';
import { copiesOf, sumWarning } from './sum-warning.js';

/** Magnitudes beyond this many times the start are relevance of both signs that nearly cancels: LRP-0 of a good network has a hundred times the start. */
const CANCELLING = 1000;

/** What is told of a batch before it is an explanation. */
export type Untold = Omit<Explanation, 'recipe' | 'warnings'>;

type Warnings = readonly (readonly ExplanationWarning[])[];

/** The sum of magnitudes over all inputs, one a sample, in true numbers. */
function magnitudesOf({ relevanceByInput, exponents }: Untold): number[] {
  return exponents.map((exponent, sample) => {
    let sum = 0;
    for (const { data } of Object.values(relevanceByInput)) {
      const each = data.length / exponents.length;
      for (let at = sample * each; at < (sample + 1) * each; at++) sum += Math.abs(data[at]!);
    }
    return sum * 2 ** exponent;
  });
}

/** Finds what has to be told of explanations by one traced method. Where a sum or its magnitude is far from the start, a second program, compiled when it is first
 * needed, follows the sums through the layers and names one. */
export class Warner {
  readonly #traced: TracedMethod;
  readonly #backend: Backend;
  readonly #traceSums: () => TracedMethod;
  #following: Promise<{ sums: readonly LayerSums[]; executable: Executable }> | undefined;

  /** @param traceSums Traces the same method with `layerSums`. */
  constructor(traced: TracedMethod, backend: Backend, traceSums: () => TracedMethod) {
    this.#traced = traced;
    this.#backend = backend;
    this.#traceSums = traceSums;
  }

  /** @param given What the program of the method was run with. */
  async warningsOf(given: TensorRecord, untold: Untold): Promise<Warnings> {
    const magnitudes = magnitudesOf(untold);
    const always = patternWarnings(this.#traced.remarks);
    const incomplete = this.#incomplete(untold, magnitudes);
    if (!keepsSum(this.#traced.method)) return incomplete.map((told) => [...told, ...always]);
    const sums = this.#sums(untold);
    const flows = await this.#flowsOf(given, untold, magnitudes, sums);
    return untold.starts.map((start, sample) => {
      const sum = sums[sample];
      const flow = typeof flows === 'string' ? [] : (flows[sample] ?? []);
      const isCancelling = this.#isCancelling(magnitudes[sample]!, start);
      const told = [
        sum && typeof flows === 'string' ? { ...sum, text: `${sum.text} ${flows}` } : sum,
        sum && lossWarning(flow, start),
        isCancelling ? cancellationWarning(flow, magnitudes[sample]!, start) : undefined,
        ...incomplete[sample]!,
        ...always,
      ];
      return told.filter((warning) => warning !== undefined);
    });
  }

  async dispose(): Promise<void> {
    const following = this.#following;
    this.#following = undefined;
    await (await following?.catch(() => undefined))?.executable.dispose();
  }

  #incomplete(untold: Untold, magnitudes: readonly number[]): ExplanationWarning[][] {
    const { completenessErrors, relativeCompletenessErrors, stepsTaken, starts } = untold;
    return starts.map((_, sample) => {
      if (!completenessErrors || !relativeCompletenessErrors) return [];
      const warning = completenessWarning(this.#traced.method, {
        error: completenessErrors[sample]!,
        relative: relativeCompletenessErrors[sample]!,
        magnitude: magnitudes[sample]!,
        steps: stepsTaken?.[sample],
      });
      return warning ? [warning] : [];
    });
  }

  #sums({ sums, exponents, starts }: Untold): (ExplanationWarning | undefined)[] {
    const { method, network } = this.#traced;
    return sums.map((sum, sample) =>
      sumWarning(method, network, {
        sum,
        exponent: exponents[sample]!,
        start: starts[sample]!,
      }),
    );
  }

  #isCancelling(magnitude: number, start: number): boolean {
    return start !== 0 && magnitude > CANCELLING * Math.abs(start);
  }

  /** The layers of each sample where one has to be named; else none. Words where they could not be followed: the explanation stands without them. */
  async #flowsOf(
    given: TensorRecord,
    { starts }: Untold,
    magnitudes: readonly number[],
    sums: readonly (ExplanationWarning | undefined)[],
  ): Promise<readonly LayerFlow[][] | string> {
    const { method, network } = this.#traced;
    // A driver hands on the sums of many programs.
    if (method.driver) return [];
    // What copies multiply a sum by is known without looking.
    const copies = copiesOf(method, network);
    const isFar = starts.some((start, sample) => {
      const magnitude = magnitudes[sample]!;
      return copies > 1 && magnitude <= copies * Math.abs(start)
        ? false
        : (sums[sample] ?? this.#isCancelling(magnitude, start));
    });
    if (!isFar) return [];
    try {
      const { sums: ports, executable } = await (this.#following ??= this.#compile());
      return await followSums(ports, executable, given, starts.length);
    } catch (cause) {
      return `Which layer it is could not be found: ${messageOf(cause)}`;
    }
  }

  async #compile(): Promise<{ sums: readonly LayerSums[]; executable: Executable }> {
    const { program, layerSums } = this.#traceSums();
    return { sums: layerSums!, executable: await this.#backend.compile(program) };
  }
}
