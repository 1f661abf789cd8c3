import {
  sliceSamples,
  tensor,
  traceMethod,
  type Backend,
  type Network,
  type Tensor,
  type TensorRecord,
  type TraceOptions,
} from '@patternlens/core';
import { type Program } from '@patternlens/core/backend';
import { compare } from '../compare.js';
import { Disagreement } from '../disagreement.js';

/** Relative L2 of a method's relevance, sample by sample. */
export const LIMIT = 1e-4;

export interface Explained {
  readonly network: Network;
  readonly options: Omit<TraceOptions, 'gates'>;
  readonly inputs: TensorRecord;
  /** Indices into the flattened output, one a sample, negative for the largest; default: the largest. */
  readonly target?: readonly number[] | undefined;
  /** Channels of the explained layer, one a sample. */
  readonly channel?: readonly number[] | undefined;
}

async function runOn(
  backend: Backend,
  program: Program,
  inputs: TensorRecord,
): Promise<TensorRecord> {
  const executable = await backend.compile(program);
  try {
    return await executable.run(inputs);
  } finally {
    await executable.dispose();
  }
}

/** Values times 2^exponent, sample by sample, in float64. */
function trueValues({ data, shape }: Tensor, exponents: Tensor): Tensor {
  const each = data.length / exponents.data.length;
  return tensor(
    Float64Array.from(data, (value, at) => value * 2 ** exponents.data[Math.floor(at / each)]!),
    shape,
  );
}

/** Decisions that are clear in the reference have to be the same. */
function compareGates(name: string, actual: TensorRecord, free: TensorRecord): void {
  for (const [gate, { data }] of Object.entries(free)) {
    if (!gate.startsWith('gate:')) continue;
    let flips = 0;
    for (let at = 0; at < data.length; at++) if (actual[gate]?.data[at] !== data[at]) flips++;
    if (flips > 0)
      throw new Disagreement(
        name,
        `${flips} of ${data.length} decisions of "${gate}" differ from the reference's`,
      );
  }
}

/** Compares a method on a backend with the reference run under the backend's own decisions of rectifiers and pools: what differs then is
 * arithmetic. The decisions are compared beside it: none of these inputs is near one.
 * @returns the largest relative L2 distance over samples and inputs. */
export async function agreeUnderEqualGates(
  name: string,
  { network, options, inputs, target, channel }: Explained,
  backend: Backend,
  reference: Backend,
): Promise<number> {
  const outputs = traceMethod(network, { ...options, gates: 'outputs' });
  const given = traceMethod(network, { ...options, gates: 'inputs' });
  const { ports } = outputs;
  const batch = Object.values(inputs)[0]!.shape[0]!;
  const indices = (values: readonly number[] | undefined): Tensor =>
    tensor(
      Float32Array.from({ length: batch }, (_, at) => values?.[at] ?? -1),
      [batch],
    );
  const asked = {
    ...inputs,
    [ports.target]: indices(target),
    ...(ports.channel === undefined ? {} : { [ports.channel]: indices(channel) }),
  };
  const actual = await runOn(backend, outputs.program, asked);
  const free = await runOn(reference, outputs.program, asked);
  compareGates(name, actual, free);
  const worst = [ports.targetUsed, ports.start, ports.explained, ports.output].map((port) =>
    compare(name, actual[port]!, free[port]!, LIMIT, { what: port, exactZeros: false }),
  );
  const gates = Object.fromEntries(
    given.program.inputs.flatMap(({ name: input }) =>
      input.startsWith('gate:') ? [[input, actual[input]!]] : [],
    ),
  );
  const under = await runOn(reference, given.program, {
    ...asked,
    [ports.target]: actual[ports.targetUsed]!,
    ...gates,
  });
  for (const [input, port] of ports.relevance) {
    const mine = trueValues(actual[port]!, actual[ports.exponent]!);
    const wanted = trueValues(under[port]!, under[ports.exponent]!);
    if (mine.shape.join() !== wanted.shape.join()) compare(name, mine, wanted, LIMIT);
    for (let sample = 0; sample < batch; sample++) {
      const [a, b] = [mine, wanted].map((value) => sliceSamples(value, sample, sample + 1));
      const what = `relevance of "${input}", sample ${sample}`;
      worst.push(compare(name, a!, b!, LIMIT, { what, exactZeros: false }));
    }
  }
  return Math.max(...worst);
}
