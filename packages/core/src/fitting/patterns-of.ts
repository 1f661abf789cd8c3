import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions, type OptionKinds } from '../arguments/check-options.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { FittedLayer } from '../layers/layer.js';
import { neuronLayout } from '../layers/linear-operator.js';
import type { Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import type { FitCheckpoint } from '../patterns/fitting/fit-moments.js';
import type { PatternSet } from '../patterns/pattern-set.js';
import { RESOLVE_KINDS, resolveGiven, type ResolveOptions } from '../plugins/resolve-network.js';
import { estimatePatterns, type EstimatePatternsOptions } from './estimate-patterns.js';

/** Which layers and estimators, and what to do to the network before (`ResolveOptions`, for a network that is not resolved). */
export interface PatternsOfOptions
  extends Omit<EstimatePatternsOptions, 'withoutMoments'>, ResolveOptions {}

const KINDS: OptionKinds<PatternsOfOptions> = {
  ...RESOLVE_KINDS,
  layers: expects.list,
  estimators: expects.list,
  fallbackBelow: expects.between(0, Infinity),
  preprocessing: expects.text,
};

const CHECKPOINT = expects.required(
  expects.having(
    'a checkpoint of a fit',
    ['samples', 'moments'],
    'Hand in what onCheckpoint is given.',
  ),
);

/** Whether all neurons of a layer belong to the pass under way. */
function isWhole(layer: FittedLayer, { moments }: FitCheckpoint): boolean {
  const { neurons, groups } = neuronLayout(layer);
  const covered = moments
    .filter(({ range }) => range.layer.name === layer.name)
    .reduce((sum, { range }) => sum + range.to - range.from, 0);
  return covered === neurons / groups;
}

/** The patterns of a fit that is under way, from what it has seen so far: for pictures of patterns as they form, and for a fit that is stopped early.
 * @param checkpoint What `onCheckpoint` of `fitPatterns` is given; its sums are valid until that has ended.
 * @returns Directions and counts, without moments, of the layers whose neurons all belong to the pass under way: of all layers where there is one pass.
 * @throws PatternLensError `invalid-argument`; `empty-data` where no samples were seen yet. */
export async function patternsOf(
  network: Network,
  checkpoint: FitCheckpoint,
  options: PatternsOfOptions = {},
): Promise<PatternSet> {
  checkArgument('core', 'patternsOf: network', network, NETWORK);
  checkArgument('core', 'patternsOf: checkpoint', checkpoint, CHECKPOINT);
  checkOptions('core', 'patternsOf', options, KINDS);
  if (checkpoint.samples === 0)
    throw new PatternLensError(
      'core',
      'empty-data',
      'patterns: the fit has seen no samples yet. Ask for them at a later checkpoint.',
    );
  const resolved = resolveGiven(network, options);
  const ranges = checkpoint.moments
    .filter(({ range }) => isWhole(range.layer, checkpoint))
    .map(({ range, moments }) => ({ range, moments: () => Promise.resolve(moments) }));
  return estimatePatterns(resolved, checkpoint.samples, ranges, {
    ...options,
    withoutMoments: true,
  });
}
