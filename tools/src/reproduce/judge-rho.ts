import { bootstrap, type Interval } from '@patternlens/evaluate';
import { ofParts, type Evidence, type Verdict } from './claim.js';
import { withInterval, type LayerRho, type NetworkNumbers, type RhoEstimator } from './numbers.js';

const SEED = 0;

/** The mean over the neurons that have a value. */
const meanRho = ({ values }: LayerRho, estimator: RhoEstimator): Interval =>
  bootstrap(values[estimator], SEED);

/** The mean difference of two estimators, neuron by neuron. */
const rhoDifference = ({ values }: LayerRho, first: RhoEstimator, second: RhoEstimator): Interval =>
  bootstrap(
    values[first].map((value, at) => {
      const other = values[second][at];
      return value === null || other === null || other === undefined ? null : value - other;
    }),
    SEED,
  );

const measured = ({ rho }: NetworkNumbers): readonly LayerRho[] =>
  rho.filter((layer) => meanRho(layer, 'linear').mean !== null);

function evidence(
  network: NetworkNumbers,
  layers: readonly LayerRho[],
  holds: (layer: LayerRho) => boolean,
  describe: (layer: LayerRho) => string,
): Evidence {
  const failing = layers.filter((layer) => !holds(layer));
  const shown = (failing.length > 0 ? failing : layers.slice(0, 1)).slice(0, 3);
  return {
    subject: network.title,
    verdict: ofParts(layers.map(holds)),
    text:
      layers.length === 0
        ? 'No layer that it is about was measured.'
        : `${layers.length - failing.length} of ${layers.length} layers. ${failing.length > 0 ? 'It fails at, among others' : 'For example'}: ${shown.map((layer) => `${layer.layer} (D ${layer.dimensions}, ${layer.neurons} neurons, n ${layer.heldOutSamples}): ${describe(layer)}`).join('; ')}.`,
  };
}

/** S_r leaves a mean rho below this. */
const ALMOST_NONE = 0.1;

/** Random directions remove almost no correlation. */
export const randomRemovesNothing = (network: NetworkNumbers): Evidence =>
  evidence(
    network,
    measured(network),
    (layer) => Math.abs(meanRho(layer, 'random').mean!) < ALMOST_NONE,
    (layer) => `S_r ${withInterval(meanRho(layer, 'random'))}`,
  );

/** Less than this above random is like random. */
const LIKE_RANDOM = 0.1;

/** S_w removes some in the first layer, and above it does little better than random directions: both must hold. */
export function filterOnlyInFirstLayer(network: NetworkNumbers): Evidence {
  const [first, ...above] = measured(network);
  if (!first || above.length === 0)
    return {
      subject: network.title,
      verdict: 'not measured',
      text: 'Fewer than two layers were measured.',
    };
  const gain = rhoDifference(first, 'filter', 'random');
  const some = gain.low! > 0 && gain.mean! > LIKE_RANDOM;
  const differences = above.map((layer) => rhoDifference(layer, 'filter', 'random').mean!);
  const like = differences.filter((difference) => difference < LIKE_RANDOM).length;
  // A majority of the layers above decides.
  const little = like > above.length / 2;
  const verdict: Verdict = ofParts([some, little]);
  return {
    subject: network.title,
    verdict,
    text: `${first.layer}: S_w less S_r ${withInterval(gain)} over ${gain.count} neurons. Above, ${like} of ${above.length} layers lie within ${LIKE_RANDOM} of random; the largest difference is ${Math.max(...differences).toFixed(3)}.`,
  };
}

const MUCH = 0.1;

/** Both S_a and S_a+- remove much more than S_w and S_r, in every layer. */
export const patternsRemoveMore = (network: NetworkNumbers): Evidence =>
  evidence(
    network,
    measured(network),
    (layer) =>
      (['linear', 'two-component'] as const).every((estimator) =>
        (['filter', 'random'] as const).every(
          (other) => rhoDifference(layer, estimator, other).low! > MUCH,
        ),
      ),
    (layer) =>
      `S_a less S_w ${withInterval(rhoDifference(layer, 'linear', 'filter'))}, S_a+- less S_w ${withInterval(rhoDifference(layer, 'two-component', 'filter'))}`,
  );

const COMPARABLE = 0.05;

/** S_a and S_a+- are comparable in all convolutions but one at most. */
export function comparableInConvolutions(network: NetworkNumbers): Evidence {
  const layers = measured(network).filter(({ kind }) => kind === 'convolution');
  const found = evidence(
    network,
    layers,
    (layer) => Math.abs(rhoDifference(layer, 'two-component', 'linear').mean!) < COMPARABLE,
    (layer) => `S_a+- less S_a ${withInterval(rhoDifference(layer, 'two-component', 'linear'))}`,
  );
  const apart = layers.filter(
    (layer) => Math.abs(rhoDifference(layer, 'two-component', 'linear').mean!) >= COMPARABLE,
  ).length;
  return apart === 1 && layers.length > 3 ? { ...found, verdict: 'supported' } : found;
}

const BETTER = 0.02;

/** S_a+- is better than S_a in dense layers. */
export const bestInDense = (network: NetworkNumbers): Evidence =>
  evidence(
    network,
    measured(network).filter(({ kind }) => kind === 'dense'),
    (layer) => {
      const { mean, low } = rhoDifference(layer, 'two-component', 'linear');
      return low! > 0 && mean! > BETTER;
    },
    (layer) => `S_a+- less S_a ${withInterval(rhoDifference(layer, 'two-component', 'linear'))}`,
  );
