import type { DoubleProduct } from '@patternlens/core/backend';
import type { Directions } from '@patternlens/core/rules';
import { heldOutCorrelation, type HeldOutMoments } from './held-out.js';
import { regress, type NeuronDirections, type NeuronMoments } from './regression.js';
import { ridgeRegress } from './ridge.js';
import type { SecondMoments } from '../moments/second-moments.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** rho of a layer's neurons for one estimator; NaN where a neuron has none. */
export interface NeuronQuality {
  /** On the samples that v was fitted on. */
  readonly fit: Float64Array;
  readonly heldOut: Float64Array;
  /** Held out, with a small ridge in place of the pseudo-inverse. */
  readonly ridge: Float64Array;
  /** Neurons for which the pseudo-inverse and a small ridge disagree by more than 1e-3. */
  unstable: number;
}

/** A layer as its quality is computed. */
export interface QualityLayer {
  readonly name: string;
  readonly neurons: number;
  readonly inputs: number;
  readonly groups: number;
  /** `[neurons, inputs]`. */
  readonly weights: Float64Array;
  /** 1 for neurons that have no value, whatever the estimator. */
  readonly dead: Uint8Array;
}

/** Eigenvalues below this share of the largest are zero to rounding. */
const LEAST_EIGENVALUE = 1e-10;
const UNSTABLE = 1e-3;

/** One group of a layer, with rows along the eigenvectors of its covariance on the regression's split. */
interface Group {
  readonly from: number;
  readonly each: number;
  readonly inputs: number;
  readonly values: Float64Array;
  readonly rank: number;
  /** Rows of the group's neurons along the eigenvectors. */
  readonly rotate: (rows: Float64Array) => Promise<Float64Array>;
  readonly weights: Float64Array;
  readonly cross: Float64Array;
  readonly heldOut: { readonly spread: Float64Array; readonly cross: Float64Array };
  /** Rows times the held-out covariance. */
  readonly image: (rows: Float64Array) => Promise<Float64Array>;
}

async function rotatedGroup(
  { name, neurons, inputs, groups, weights }: QualityLayer,
  group: number,
  regression: SecondMoments,
  test: SecondMoments,
  product: DoubleProduct,
): Promise<Group> {
  const each = neurons / groups,
    from = group * each;
  const { values, vectors } = symmetricEigen(regression.covariance[group]!, inputs, name);
  const counting = values.findIndex((value) => !(value > LEAST_EIGENVALUE * values[0]!));
  const rotate = async (rows: Float64Array): Promise<Float64Array> =>
    product(rows.subarray(from * inputs, (from + each) * inputs), vectors, each, inputs);
  const half = await product(vectors, test.covariance[group]!, inputs, inputs);
  const covariance = await product(vectors, half, inputs, inputs);
  const image = async (rows: Float64Array): Promise<Float64Array> =>
    product(rows, covariance, each, inputs);
  const rotated = await rotate(weights);
  return {
    from,
    each,
    inputs,
    values,
    rank: counting < 0 ? inputs : counting,
    rotate,
    image,
    weights: rotated,
    cross: await rotate(regression.positiveCovariance),
    heldOut: { spread: await image(rotated), cross: await rotate(test.positiveCovariance) },
  };
}

interface GroupRun {
  readonly layer: QualityLayer;
  readonly group: Group;
  readonly regression: SecondMoments;
  readonly test: SecondMoments;
}

const rowOf = (rows: Float64Array, at: number, inputs: number): Float64Array =>
  rows.subarray(at * inputs, (at + 1) * inputs);

function firesOf(count: number, total: number): NeuronMoments['fires'] {
  if (count === 0) return 'never';
  return count === total ? 'always' : 'sometimes';
}

/** A group's neurons along its eigenvectors: the directions of an estimator, and v by the pseudo-inverse and with the ridge. */
interface GroupFit {
  readonly directionsOf: (row: number) => NeuronDirections;
  readonly exact: Float64Array;
  readonly damped: Float64Array;
  /** rho on the samples that v was fitted on; NaN where a neuron has none. */
  readonly rho: Float64Array;
  readonly dampedRho: Float64Array;
}

async function fitGroup(
  { layer, group, regression }: GroupRun,
  directions: Directions,
): Promise<GroupFit> {
  const { from, each, inputs } = group;
  const positive = await group.rotate(directions.positive);
  const negative = directions.negative && (await group.rotate(directions.negative));
  const directionsOf = (row: number): NeuronDirections => ({
    positive: rowOf(positive, row, inputs),
    ...(negative ? { negative: rowOf(negative, row, inputs) } : {}),
  });
  const exact = new Float64Array(each * inputs),
    damped = new Float64Array(each * inputs);
  const rho = new Float64Array(each).fill(NaN),
    dampedRho = new Float64Array(each).fill(NaN);
  for (let row = 0; row < each; row++) {
    const neuron = from + row;
    if (layer.dead[neuron] === 1) continue;
    if (rowOf(directions.positive, neuron, inputs).every((value) => value === 0)) continue;
    const moments: NeuronMoments = {
      values: group.values,
      rank: group.rank,
      weights: rowOf(group.weights, row, inputs),
      cross: rowOf(group.cross, row, inputs),
      positiveVariance: regression.positiveVariance[neuron]!,
      fires: firesOf(regression.positiveCount[neuron]!, regression.count),
    };
    const found = regress(moments, directionsOf(row));
    if (!found) continue;
    exact.set(found.v, row * inputs);
    rho[row] = 1 - found.correlation;
    const ridge = ridgeRegress(moments, directionsOf(row));
    if (!ridge) continue;
    damped.set(ridge.v, row * inputs);
    dampedRho[row] = 1 - ridge.correlation;
  }
  return { directionsOf, exact, damped, rho, dampedRho };
}

/** Adds one group's neurons to the result of an estimator. */
async function measureGroup(
  run: GroupRun,
  directions: Directions,
  result: NeuronQuality,
): Promise<void> {
  const { group, test } = run;
  const { from, each, inputs } = group;
  const { directionsOf, exact, damped, rho, dampedRho } = await fitGroup(run, directions);
  const images = await group.image(exact),
    dampedImages = await group.image(damped);
  for (let row = 0; row < each; row++) {
    if (Number.isNaN(rho[row]!)) continue;
    const neuron = from + row;
    const moments: HeldOutMoments = {
      weights: rowOf(group.weights, row, inputs),
      spread: rowOf(group.heldOut.spread, row, inputs),
      cross: rowOf(group.heldOut.cross, row, inputs),
      positiveVariance: test.positiveVariance[neuron]!,
    };
    const heldOut = (v: Float64Array, image: Float64Array): number => {
      const [rowV, rowImage] = [rowOf(v, row, inputs), rowOf(image, row, inputs)];
      return 1 - (heldOutCorrelation(moments, directionsOf(row), rowV, rowImage) ?? NaN);
    };
    result.fit[neuron] = rho[row]!;
    result.heldOut[neuron] = heldOut(exact, images);
    result.ridge[neuron] = heldOut(damped, dampedImages);
    const apart = Math.max(
      Math.abs(result.heldOut[neuron] - result.ridge[neuron]),
      Math.abs(rho[row]! - dampedRho[row]!),
    );
    if (apart > UNSTABLE) result.unstable++;
  }
}

/** rho of every neuron of a layer in closed form, for each estimator's directions: v from the regression's moments, the correlation held out from the test's.
 * @throws PatternLensError `not-finite` where a covariance has no finite eigenvalues. */
export async function layerQuality(
  layer: QualityLayer,
  regression: SecondMoments,
  test: SecondMoments,
  estimators: ReadonlyMap<string, Directions>,
  product: DoubleProduct,
): Promise<ReadonlyMap<string, NeuronQuality>> {
  const empty = (): Float64Array => new Float64Array(layer.neurons).fill(NaN);
  const results = new Map(
    [...estimators.keys()].map((id) => [
      id,
      { fit: empty(), heldOut: empty(), ridge: empty(), unstable: 0 },
    ]),
  );
  for (let group = 0; group < layer.groups; group++) {
    const rotated = await rotatedGroup(layer, group, regression, test, product);
    for (const [id, directions] of estimators)
      await measureGroup({ layer, group: rotated, regression, test }, directions, results.get(id)!);
  }
  return results;
}
