import { type CanonicalNetwork, PatternLensError, type Tensor } from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';
import { cutHead, headOf } from '@patternlens/core/network';
import { formatShape } from '@patternlens/core/tensor';
import { forwardProgram } from '@patternlens/core/tracing';
import { batches, readInput } from './samples.js';

/** What a score is: the network's own probability, or its raw output where it has no classes. */
export type ScoreKind = 'softmax' | 'sigmoid' | 'output';

/** Runs the forward pass alone. Holds memory until it is disposed. */
export interface Scorer extends AsyncDisposable {
  readonly kind: ScoreKind;
  /** The strongest class of each sample, and its score. */
  readonly predict: (inputs: Tensor) => Promise<{ classes: number[]; scores: number[] }>;
  /** The score of the given class of each sample. */
  readonly score: (inputs: Tensor, classes: readonly number[]) => Promise<number[]>;
}

function kindOf(network: CanonicalNetwork, classes: number): ScoreKind {
  if ((network.head ?? headOf(network)) === 'sigmoid') return 'sigmoid';
  return classes > 1 ? 'softmax' : 'output';
}

/** One class's score from the logits of one sample. */
function scoreOf(logits: ArrayLike<number>, target: number, kind: ScoreKind): number {
  const logit = logits[target]!;
  if (kind === 'output') return logit;
  if (kind === 'sigmoid') return 1 / (1 + Math.exp(-logit));
  let sum = 0;
  for (let at = 0; at < logits.length; at++) sum += Math.exp(logits[at]! - logit);
  return 1 / sum;
}

function strongest(logits: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < logits.length; at++) if (logits[at]! > logits[best]!) best = at;
  return best;
}

/** Compiles the forward pass of the network up to its logits; probabilities are made of them in float64.
 * @throws PatternLensError `invalid-shape` where the network gives no one score a class. */
export async function openScorer(context: MetricContext): Promise<Scorer> {
  const { network, backend } = context;
  const logits = cutHead.apply(network);
  const [input, output] = [logits.inputs[0]!.name, logits.outputs[0]!];
  const sizes = logits.shapes
    .get(output)!
    .slice(1)
    .filter((size) => size !== 1);
  const [classes = 1, ...others] = sizes;
  if (typeof classes !== 'number' || others.length > 0)
    throw new PatternLensError(
      'evaluate',
      'invalid-shape',
      `the network's output has shape ${formatShape(logits.shapes.get(output)!)}: expected one score a class. Measure a network that classifies.`,
    );
  const kind = kindOf(network, classes);
  const executable = await backend.compile(forwardProgram(logits));
  const logitsOf = async (inputs: Tensor): Promise<Tensor['data'][]> => {
    const { data } = (await executable.run({ [input]: inputs }))[output]!;
    return Array.from({ length: inputs.shape[0]! }, (_, sample) =>
      data.subarray(sample * classes, (sample + 1) * classes),
    );
  };
  return {
    kind,
    [Symbol.asyncDispose]: () => executable.dispose(),
    predict: async (inputs) => {
      const rows = await logitsOf(inputs);
      const top = rows.map(strongest);
      return { classes: top, scores: top.map((index, at) => scoreOf(rows[at]!, index, kind)) };
    },
    score: async (inputs, targets) =>
      (await logitsOf(inputs)).map((row, at) => scoreOf(row, targets[at]!, kind)),
  };
}

/** The strongest class of the first samples of the data, and its score. */
export async function predictAll(
  context: MetricContext,
  scorer: Scorer,
  input: string,
  count = context.data.count,
): Promise<{ classes: number[]; scores: number[] }> {
  const classes: number[] = [],
    scores: number[] = [];
  for (const { first, size } of batches(count, context.batch)) {
    const predicted = await scorer.predict(await readInput(context, input, first, size));
    classes.push(...predicted.classes);
    scores.push(...predicted.scores);
  }
  return { classes, scores };
}
