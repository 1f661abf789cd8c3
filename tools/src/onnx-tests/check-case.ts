import {
  PatternLensError,
  type Backend,
  type Network,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import { formsOf, type Form, type FormName } from './batch-forms.js';
import { checkGradient } from './check-gradient.js';
import { distance } from './numbers.js';
import type { StoredCase } from './stored-case.js';

/** What became of a case. */
export type Verdict =
  | { readonly verdict: 'pass'; readonly form: FormName; readonly gradientChecks: number }
  | { readonly verdict: 'wrong' | 'crashed'; readonly form: FormName; readonly reason: string }
  | { readonly verdict: 'refused'; readonly reason: string };

export interface Runners {
  readonly readOnnx: (bytes: Uint8Array) => Promise<Network>;
  /** The first compares in float64. */
  readonly backends: readonly Backend[];
}

/** Stored outputs are float32 at best; half floats have three digits. */
const CLOSE = 1e-4;
const CLOSE_HALVES = 1e-2;
const HALVES: readonly number[] = [10, 16];
/** A step of eight bits: the float network that a quantised one approximates differs by its roundings. */
const CLOSE_QUANTISED = 0.1;

const isQuantised = ({ changes }: Network): boolean =>
  changes.some((change) => change.startsWith('quantised'));

async function run(backend: Backend, network: Network, inputs: TensorRecord): Promise<Tensor> {
  await using executable = await backend.compile(forwardProgram(network));
  return (await executable.run(inputs))[network.outputs[0]!]!;
}

/** What is wrong with a network that was read, if anything. */
async function faultOf(
  { inputs, wanted }: Form,
  network: Network,
  backends: readonly Backend[],
  close: number,
): Promise<string | undefined> {
  for (const backend of backends) {
    const made = await run(backend, network, inputs);
    const apart = distance(made, wanted);
    if (!(apart <= close))
      return `${backend.id}: [${made.shape.join(', ')}], ${apart} off the stored [${wanted.shape.join(', ')}]`;
  }
  return undefined;
}

async function checkForm(form: Form, runners: Runners, close: number): Promise<Verdict> {
  let network: Network;
  try {
    network = await runners.readOnnx(form.bytes);
  } catch (cause) {
    return cause instanceof PatternLensError
      ? { verdict: 'refused', reason: cause.message }
      : { verdict: 'crashed', form: form.form, reason: String(cause) };
  }
  // What the output does not need is no input of the network.
  const needed = network.inputs.map(({ name }) => name);
  const inputs = Object.fromEntries(
    Object.entries(form.inputs).filter(([name]) => needed.includes(name)),
  );
  try {
    const allowed = isQuantised(network) ? CLOSE_QUANTISED : close;
    const fault = await faultOf({ ...form, inputs }, network, runners.backends, allowed);
    if (fault !== undefined) return { verdict: 'wrong', form: form.form, reason: fault };
    const { checks, wrong } = checkGradient(network, inputs);
    return wrong === undefined
      ? { verdict: 'pass', form: form.form, gradientChecks: checks }
      : { verdict: 'wrong', form: form.form, reason: `gradient, ${wrong}` };
  } catch (cause) {
    return { verdict: 'crashed', form: form.form, reason: String(cause) };
  }
}

/** Of several refusals the one that says most: that a batch is in the way says less than what an operator lacks. */
function mostTelling(reasons: readonly string[]): string {
  const own = reasons.filter(
    (reason) => !/batch|samples|is a constant where|computed when the network runs/.test(reason),
  );
  return own[0] ?? reasons.at(-1) ?? 'nothing of it is computed from an input of floats.';
}

async function checkOutput(stored: StoredCase, output: string, runners: Runners): Promise<Verdict> {
  const halves = [...stored.inputs.values(), stored.outputs.get(output)!].some(({ proto }) =>
    HALVES.includes(proto.dataType),
  );
  const refusals: string[] = [];
  for (const form of formsOf(stored, output)) {
    const made = await checkForm(form, runners, halves ? CLOSE_HALVES : CLOSE);
    if (made.verdict !== 'refused') return made;
    refusals.push(made.reason);
  }
  return { verdict: 'refused', reason: mostTelling(refusals) };
}

/** Explains every output of a case that is of floats, or the first where none is; the first that fails says what becomes of it. */
export async function checkCase(stored: StoredCase, runners: Runners): Promise<Verdict> {
  const floats = [...stored.outputs].filter(([, { isFloat }]) => isFloat).map(([name]) => name);
  const outputs = floats.length > 0 ? floats : [...stored.outputs.keys()].slice(0, 1);
  let verdict: Verdict | undefined;
  let checks = 0;
  for (const output of outputs) {
    const made = await checkOutput(stored, output, runners);
    if (made.verdict !== 'pass') return made;
    checks += made.gradientChecks;
    verdict ??= made;
  }
  return verdict?.verdict === 'pass' ? { ...verdict, gradientChecks: checks } : verdict!;
}
