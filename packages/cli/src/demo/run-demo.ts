import {
  createExplainer,
  fitPatterns,
  type Backend,
  type Explanation,
  type FitProgress,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { generateBatch, generatedSource, GENERATOR, type GeneratedBatch } from '@patternlens/data';
import { renderSheet } from '@patternlens/heatmap';
import { rankAccuracy } from './rank-accuracy.js';

/** Samples that patterns are fitted on, that are measured, and that are shown; and the methods, one of each family, so that the sheet stays readable. */
export const DEMO = {
  fitted: 2000,
  measured: 100,
  shown: 8,
  methods: [
    'gradient',
    'deconvnet',
    'guided-backprop',
    'pattern-net',
    'input-x-gradient',
    'lrp-0',
    'lrp-epsilon',
    'lrp-alpha1-beta0',
    'lrp-alpha2-beta1',
    'epsilon-plus-flat',
    'deep-taylor',
    'pattern-attribution',
  ],
} as const;

interface MethodScore {
  readonly id: string;
  readonly group: string;
  /** Mean share of the true pixels among the strongest. */
  readonly rankAccuracy: number;
  readonly milliseconds: number;
}

export interface DemoResult {
  readonly scores: readonly MethodScore[];
  /** Share of the measured samples that the network classifies right. */
  readonly accuracy: number;
  /** Mean share of the true pixels that a map of random numbers would find: the mask's share of the image. */
  readonly chance: number;
  readonly png: Uint8Array;
}

const LAYOUT = 'channels-first';

const shareOfOnes = ({ data }: Tensor): number =>
  Array.from(data).filter((value) => value !== 0).length / data.length;

/** What stands beneath the maps of the sheet. */
const OF_MASK =
  '“% of mask”: how many of the pixels that truly are the signal, the mask, are among as many of the strongest pixels of the map (rank accuracy).';

/** One sample without its batch axis. */
function take({ data, shape }: Tensor, at: number): Tensor {
  const each = data.length / shape[0]!;
  return { data: data.slice(at * each, (at + 1) * each), shape: shape.slice(1) };
}

async function sheetOf(
  samples: GeneratedBatch,
  explanations: readonly Explanation[],
  scores: readonly MethodScore[],
): Promise<Uint8Array> {
  const { nodeRenderer } = await import('@patternlens/heatmap/node');
  const rows = Array.from({ length: DEMO.shown }, (_, at) => {
    const target = explanations[0]!.targets[at] as number;
    const mask = take(samples.mask, at);
    return {
      input: { values: take(samples.input, at) },
      target: { target, name: GENERATOR.classes[target], value: explanations[0]!.explained[at]! },
      trueName: GENERATOR.classes[samples.labels[at]!],
      truth: [
        take(samples.signal, at),
        take(samples.distractor, at),
        { data: mask.data, shape: [1, ...mask.shape] },
      ],
      maps: explanations.map((explanation, method) => {
        const relevance = take(explanation.relevanceByInput['image']!, at);
        return {
          relevance,
          exponent: explanation.exponents[at]!,
          warnings: explanation.warnings[at]!,
          note: `${Math.round(100 * rankAccuracy(relevance, mask, scores[method]!.group === 'attribution'))} % of mask`,
        };
      }),
    };
  });
  const truth = [
    { name: 'Signal', kind: 'signal' },
    { name: 'Distractor', kind: 'signal' },
    { name: 'Mask', kind: 'image' },
  ] as const;
  const sheet = {
    title:
      'What the bundled network looks at: twelve methods, beside the truth of the generated data',
    layout: LAYOUT,
    methods: explanations.map(({ recipe }) => ({ recipe })),
    truth,
    rows,
    notes: [OF_MASK],
  } as const;
  return renderSheet(await nodeRenderer(), sheet, { cellSize: 96 }).png;
}

/** The main job on the bundled network: fits patterns on generated data, explains held-out samples with methods of every family, and measures how many of
 * the truly relevant pixels each method finds. */
export async function runDemo(
  network: Network,
  backend: Backend,
  onFit: (progress: FitProgress) => void,
  onMethod: (id: string) => void,
): Promise<DemoResult> {
  const patterns = await fitPatterns(network, generatedSource({ count: DEMO.fitted }), {
    backend,
    onProgress: onFit,
  });
  const held = generateBatch(GENERATOR.splits.validation.first, DEMO.measured);
  const explanations: Explanation[] = [];
  const scores: MethodScore[] = [];
  for (const id of DEMO.methods) {
    onMethod(id);
    await using explainer = await createExplainer(network, { backend, method: id, patterns });
    const { group } = resolveMethod(id);
    const begin = performance.now();
    const explanation = await explainer.explain(held.input);
    const milliseconds = (performance.now() - begin) / DEMO.measured;
    const relevance = explanation.relevanceByInput['image']!;
    const found = Array.from({ length: DEMO.measured }, (_, at) =>
      rankAccuracy(take(relevance, at), take(held.mask, at), group === 'attribution'),
    );
    scores.push({
      id,
      group,
      rankAccuracy: found.reduce((sum, share) => sum + share, 0) / DEMO.measured,
      milliseconds,
    });
    explanations.push(explanation);
  }
  const right = explanations[0]!.targets.filter((target, at) => target === held.labels[at]).length;
  return {
    scores,
    accuracy: right / DEMO.measured,
    chance: shareOfOnes(held.mask),
    png: await sheetOf(held, explanations, scores),
  };
}
