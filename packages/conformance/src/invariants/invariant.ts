import {
  tensor,
  traceMethod,
  type Backend,
  type Network,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { type Executable, type Program } from '@patternlens/core/backend';
import { compareAll } from '../compare.js';
import type { ConformanceCase } from '../conformance-case.js';
import { Disagreement } from '../disagreement.js';
import { networkInputs } from '../networks/network-sample.js';
import { plainNetwork } from '../networks/network-samples.js';

/** What is passed to a case that checks a backend's behaviour, not one program. */
export interface InvariantScope {
  readonly backend: Backend;
  readonly reference: Backend;
  readonly fail: (message: string) => never;
  /** Relative L2 over all outputs. */
  readonly same: (actual: TensorRecord, expected: TensorRecord, limit: number) => number;
}

/** A case of something that holds of any right backend.
 * @param subject What it is about, a row of the support report. */
export function invariant(
  name: string,
  subject: string,
  run: (scope: InvariantScope) => Promise<number>,
): ConformanceCase {
  return {
    name,
    group: 'invariant',
    subject,
    run: (backend, reference) =>
      run({
        backend,
        reference,
        fail: (message) => {
          throw new Disagreement(name, message);
        },
        same: (actual, expected, limit) =>
          compareAll(name, actual, expected, limit, { exactZeros: false }),
      }),
  };
}

/** Calls a function with an executable, and disposes of it. */
export async function using<T>(
  backend: Backend,
  program: Program,
  use: (executable: Executable) => Promise<T>,
): Promise<T> {
  const executable = await backend.compile(program);
  try {
    return await use(executable);
  } finally {
    await executable.dispose();
  }
}

/** A forward and a backward pass in one program, and inputs for it. */
export function someProgram(network: Network = plainNetwork()): {
  readonly program: Program;
  readonly inputs: (batch: number, seed: number) => TensorRecord;
} {
  const { program, ports } = traceMethod(network, { method: 'guided-backprop' });
  return {
    program,
    inputs: (batch, seed) => ({
      ...networkInputs(network, batch, seed),
      [ports.target]: tensor(new Float32Array(batch).fill(-1), [batch]),
    }),
  };
}

/** The same numbers in memory of their own. */
export const copied = (values: TensorRecord): TensorRecord =>
  Object.fromEntries(
    Object.entries(values).map(([name, { data, shape }]): [string, Tensor] => [
      name,
      { data: data.slice(), shape: [...shape] },
    ]),
  );

/** Whether two records hold the very same numbers. */
export const identical = (a: TensorRecord, b: TensorRecord): boolean =>
  Object.entries(a).every(
    ([name, { data, shape }]) =>
      shape.join() === b[name]?.shape.join() &&
      data.every((value, at) => Object.is(value, b[name]!.data[at])),
  );
