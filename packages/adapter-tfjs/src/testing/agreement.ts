import {
  traceMethod,
  type Backend,
  type MethodChoice,
  type Network,
  type PatternSet,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';

async function runOnce(
  backend: Backend,
  program: Parameters<Backend['compile']>[0],
  inputs: TensorRecord,
): Promise<TensorRecord> {
  const executable = await backend.compile(program);
  try {
    return await executable.run(inputs);
  } finally {
    await executable.dispose();
  }
}

/** `|a - b| / |b|`; of vectors of zeros, `|a|`. */
export function relativeL2({ data: a }: Tensor, { data: b }: Tensor): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    difference += (a[at]! - b[at]!) ** 2;
    size += b[at]! ** 2;
  }
  return Math.sqrt(difference) / (size === 0 ? 1 : Math.sqrt(size));
}

/** How far a method on a backend is from the reference, which runs with the gates that the backend decided. */
export async function distanceUnderEqualGates(
  backend: Backend,
  reference: Backend,
  network: Network,
  x: Tensor,
  method: MethodChoice,
  patterns: PatternSet | undefined,
): Promise<number> {
  const options = { method, patterns };
  const { program, ports } = traceMethod(network, options);
  const inputs = {
    [network.inputs[0]!.name]: x,
    [ports.target]: {
      data: Float32Array.from({ length: x.shape[0]! }, (_, sample) => sample - 1),
      shape: [x.shape[0]!],
    },
  };
  const decided = await runOnce(
    backend,
    traceMethod(network, { ...options, gates: 'outputs' }).program,
    inputs,
  );
  const gates = Object.entries(decided).filter(([name]) => name.startsWith('gate:'));
  const own = await runOnce(backend, program, inputs);
  const wanted = await runOnce(
    reference,
    traceMethod(network, { ...options, gates: 'inputs' }).program,
    { ...inputs, ...Object.fromEntries(gates) },
  );
  const handed = await runOnce(
    backend,
    traceMethod(network, { ...options, gates: 'inputs' }).program,
    { ...inputs, ...Object.fromEntries(gates) },
  );
  const names = [...ports.relevance.values(), ports.output, ports.targetUsed, ports.exponent];
  return Math.max(
    ...names.flatMap((name) =>
      [own, handed].map((results) => relativeL2(results[name]!, wanted[name]!)),
    ),
  );
}
