import {
  sliceSamples,
  tensor,
  type Backend,
  type MethodChoice,
  type Network,
  type Target,
  type TensorRecord,
} from '@patternlens/core';
import {
  drive,
  finishRelevance,
  targetInputs,
  traceDriver,
  type DrivenBatch,
} from '@patternlens/core/tracing';
import { compare } from '../compare.js';
import { Disagreement } from '../disagreement.js';
import { LIMIT } from './equal-gates.js';

export interface DrivenCase {
  readonly network: Network;
  readonly method: MethodChoice;
  readonly inputs: TensorRecord;
  readonly target: Target;
}

/** Inputs at once: families begin and end in the middle of a run. */
const AT_ONCE = 4;

const gatesOf = (results: TensorRecord): TensorRecord =>
  Object.fromEntries(Object.entries(results).filter(([name]) => name.startsWith('gate:')));

/** The share of decisions that may differ from the reference's: among a large number of noisy inputs a few are close to a decision. */
const FLIPS = 1e-4;

/** Counts decisions, and those that differ. */
function flipCounter(): {
  readonly count: (actual: TensorRecord, free: TensorRecord) => void;
  readonly check: (name: string) => void;
} {
  let flips = 0,
    decisions = 0;
  return {
    count: (actual, free) => {
      for (const [gate, { data }] of Object.entries(gatesOf(free))) {
        decisions += data.length;
        for (let at = 0; at < data.length; at++) if (actual[gate]?.data[at] !== data[at]) flips++;
      }
    },
    check: (name) => {
      if (flips > FLIPS * decisions)
        throw new Disagreement(
          name,
          `${flips} of ${decisions} decisions differ from the reference's`,
        );
    },
  };
}

/** Compares a driver on a backend with the reference, which is given the backend's decisions run by run.
 * @returns the largest relative L2 distance over samples and inputs. */
export async function agreeWhenDriven(
  name: string,
  { network, method, inputs, target }: DrivenCase,
  backend: Backend,
  reference: Backend,
): Promise<number> {
  const layer = typeof target === 'object' && 'layer' in target ? target.layer : undefined;
  const traced = traceDriver(network, { method, layer, gates: 'outputs' });
  const given = traceDriver(network, { method, layer, gates: 'inputs' });
  const count = Object.values(inputs)[0]!.shape[0]!;
  const targets = targetInputs(target, count, traced.explainedShape);
  const executable = await backend.compile(traced.program);
  const free = await reference.compile(traced.program);
  const under = await reference.compile(given.program);
  try {
    const gates: TensorRecord[] = [];
    const flips = flipCounter();
    const options = { internalBatch: AT_ONCE };
    const driven = await drive(
      traced,
      async (values) => {
        const results = await executable.run(values);
        flips.count(results, await free.run(values));
        gates.push(gatesOf(results));
        return results;
      },
      inputs,
      targets,
      options,
    );
    flips.check(name);
    let turn = 0;
    const wanted = await drive(
      given,
      (values) => under.run({ ...values, ...gates[turn++]! }),
      inputs,
      targets,
      options,
    );
    return worstOf(name, driven, wanted, inputs);
  } finally {
    for (const one of [executable, free, under]) await one.dispose();
  }
}

function worstOf(
  name: string,
  actual: DrivenBatch,
  wanted: DrivenBatch,
  inputs: TensorRecord,
): number {
  const row = (values: readonly number[]) => tensor(values, [values.length]);
  const worst = (['targets', 'explained', 'starts'] as const).map((what) =>
    compare(name, row(actual[what]), row(wanted[what]), LIMIT, { what, exactZeros: false }),
  );
  const a = finishRelevance(actual.families, inputs).relevanceByInput;
  const b = finishRelevance(wanted.families, inputs).relevanceByInput;
  for (const input of Object.keys(b))
    for (let sample = 0; sample < wanted.targets.length; sample++) {
      const [mine, expected] = [a, b].map((all) => sliceSamples(all[input]!, sample, sample + 1));
      const what = `relevance of "${input}", sample ${sample}`;
      worst.push(compare(name, mine!, expected!, LIMIT, { what, exactZeros: false }));
    }
  return Math.max(...worst);
}
