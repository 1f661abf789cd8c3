import { permuteParameter, reshapeParameter } from '@patternlens/core/network';
import { isBatch, product, sameDim, sameShape, type Dim } from '@patternlens/core/tensor';
import { pair, scale, together } from '../layers/elementwise.js';
import { gather, permute } from '../layers/layout.js';
import { multiplyMatrices } from '../layers/matrix-product.js';
import { reduce } from '../layers/pooling.js';
import { reshape } from '../layers/reshape.js';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { range } from '../values/axis-order.js';
import {
  constantValue,
  parameterOf,
  shapeOf,
  type ConstantValue,
  type RuntimeValue,
} from '../values/values.js';
import { parseEquation } from './einsum-equation.js';

type Factor = RuntimeValue | ConstantValue;

/** A factor and the labels of its axes, each of which stands once. */
interface Term {
  readonly factor: Factor;
  readonly labels: readonly string[];
}

const sizeAt = ({ factor, labels }: Term, label: string): Dim =>
  shapeOf(factor)[labels.indexOf(label)]!;

/** The axes with the given labels first to last, under another shape over the same numbers. */
function arranged(
  context: ImportContext,
  place: Place,
  { factor, labels }: Term,
  order: readonly string[],
  shape: readonly Dim[],
): Factor {
  const permutation = order.map((label) => labels.indexOf(label));
  if (factor.kind === 'constant') {
    const turned = permuteParameter(parameterOf(factor), permutation);
    return constantValue(reshapeParameter(turned, shape as readonly number[]), factor.type);
  }
  const isSame = permutation.every((axis, at) => axis === at);
  const turned = isSame ? factor : permute(context, place.part('turn'), factor, permutation);
  return sameShape(turned.shape, shape) ? turned : reshape(context, place, turned, shape);
}

/** Entries whose places along two axes are the same, behind all others. */
function diagonal(context: ImportContext, place: Place, { factor, labels }: Term): Term {
  const label = labels.find((name, at) => labels.indexOf(name) !== at);
  if (label === undefined) return { factor, labels };
  const [first, second] = range(labels.length).filter((axis) => labels[axis] === label) as [
    number,
    number,
  ];
  const named = labels.map((name, axis) => (axis === second ? `${name}'` : name));
  const rest = named.filter((_, axis) => axis !== first && axis !== second);
  const shape = shapeOf(factor);
  const size = shape[first]!;
  if (isBatch(size) || !sameDim(size, shape[second]))
    return place.unsupported(`it takes the diagonal of axes of different sizes, or of the batch.`);
  const sizes = rest.map((name) => shape[named.indexOf(name)]!);
  const flat = arranged(
    context,
    place.part(`rows-${label}`),
    { factor, labels: named },
    [...rest, label, `${label}'`],
    [...sizes, size * size],
  );
  const places = range(size).map((at) => at * (size + 1));
  const taken =
    flat.kind === 'runtime'
      ? gather(context, place.part(`diagonal-${label}`), flat, rest.length, places)
      : entriesOf(flat, places);
  return diagonal(context, place, { factor: taken, labels: [...rest, label] });
}

/** Entries of a constant's last axis. */
function entriesOf({ tensor, type }: ConstantValue, places: readonly number[]): ConstantValue {
  const size = tensor.shape.at(-1)!;
  const rows = tensor.data.length / size;
  const data = Float64Array.from(
    { length: rows * places.length },
    (_, at) => tensor.data[Math.floor(at / places.length) * size + places[at % places.length]!]!,
  );
  return constantValue(
    { tensor: { data, shape: [...tensor.shape.slice(0, -1), places.length] } },
    type,
  );
}

const totalOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0);

/** The sum over the axes whose labels are read nowhere else. */
function summed(context: ImportContext, place: Place, term: Term, kept: ReadonlySet<string>): Term {
  const gone = term.labels.filter((label) => !kept.has(label));
  if (gone.length === 0) return term;
  const labels = term.labels.filter((label) => kept.has(label));
  const { factor } = term;
  if (factor.kind === 'runtime') {
    const axes = gone.map((label) => term.labels.indexOf(label));
    const made = reduce(context, place.part('sum'), factor, 'sum', axes, place.part('summed'));
    return { factor: made, labels };
  }
  const sizes = labels.map((label) => sizeAt(term, label) as number);
  const count = product(gone.map((label) => sizeAt(term, label) as number));
  const flat = arranged(
    context,
    place,
    term,
    [...labels, ...gone],
    [...sizes, count],
  ) as ConstantValue;
  const data = Float64Array.from({ length: flat.tensor.data.length / count }, (_, row) =>
    totalOf(flat.tensor.data.subarray(row * count, (row + 1) * count)),
  );
  return { factor: constantValue({ tensor: { data, shape: sizes } }, factor.type), labels };
}

/** Without axes of size 1 that broadcast along the same axis of another term. */
function narrowed(context: ImportContext, place: Place, terms: readonly Term[]): Term[] {
  return terms.map((term, at) => {
    const isWide = (label: string): boolean =>
      terms.some(
        (other, index) =>
          index !== at && other.labels.includes(label) && sizeAt(other, label) !== 1,
      );
    const kept = term.labels.filter((label) => sizeAt(term, label) !== 1 || !isWide(label));
    if (kept.length === term.labels.length) return term;
    const gone = term.labels.filter((label) => !kept.includes(label));
    const sizes = kept.map((label) => sizeAt(term, label));
    const factor = arranged(context, place.part(`narrow-${at}`), term, [...gone, ...kept], sizes);
    return { factor, labels: kept };
  });
}

/** The product of a computed term and another, summed over the labels that both have and nothing reads behind. */
function contracted(
  context: ImportContext,
  place: Place,
  a: Term,
  b: Term,
  kept: ReadonlySet<string>,
): Term {
  const isSample = (label: string): boolean =>
    (a.labels.includes(label) && isBatch(sizeAt(a, label))) ||
    (b.labels.includes(label) && isBatch(sizeAt(b, label)));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const sums = shared.filter((label) => !kept.has(label));
  const beside = shared.filter((label) => kept.has(label) && !isSample(label));
  const sample = [...new Set([...a.labels, ...b.labels])].filter(isSample);
  const own = (term: Term): string[] =>
    term.labels.filter((label) => !shared.includes(label) && !isSample(label));
  const [left, right] = [own(a), own(b)];
  if (sums.some(isSample) || sample.length > 1)
    return place.unsupported('it mixes the samples of a batch.', SAMPLES_ALONE);
  const ofA = sample.filter((label) => a.labels.includes(label));
  const ofB = sample.filter((label) => b.labels.includes(label));
  const count = (term: Term, labels: readonly string[]): number =>
    product(labels.map((label) => sizeAt(term, label) as number));
  const sizes = (term: Term, labels: readonly string[]): Dim[] =>
    labels.map((label) => sizeAt(term, label));
  const labels = [...sample, ...beside, ...left, ...right];
  if (sums.length === 0) {
    const one = arranged(
      context,
      place.part('left'),
      a,
      [...ofA, ...beside, ...left],
      [...sizes(a, ofA), ...sizes(a, beside), ...sizes(a, left), ...right.map(() => 1)],
    );
    const lead = ofB.length > 0 ? sizes(b, ofB) : sample.map(() => 1);
    const two = arranged(
      context,
      place.part('right'),
      b,
      [...ofB, ...beside, ...right],
      [...lead, ...sizes(b, beside), ...left.map(() => 1), ...sizes(b, right)],
    );
    return { factor: multiplied(context, place.part('product'), one as RuntimeValue, two), labels };
  }
  const one = arranged(
    context,
    place.part('left'),
    a,
    [...ofA, ...beside, ...left, ...sums],
    [...sizes(a, ofA), ...sizes(a, beside), count(a, left), count(a, sums)],
  );
  const two = arranged(
    context,
    place.part('right'),
    b,
    [...ofB, ...beside, ...sums, ...right],
    [...sizes(b, ofB), ...sizes(b, beside), count(b, sums), count(b, right)],
  );
  const made = multiplyMatrices(context, place.part('product'), one, two);
  const shape = [...made.shape.slice(0, -2), ...sizes(a, left), ...sizes(b, right)];
  const inOrder = range(made.shape.length).map((axis) => `axis ${axis}`);
  const factor = arranged(
    context,
    place.part('apart'),
    { factor: made, labels: inOrder },
    inOrder,
    shape,
  );
  return { factor, labels };
}

const multiplied = (
  context: ImportContext,
  place: Place,
  a: RuntimeValue,
  b: Factor,
): RuntimeValue =>
  b.kind === 'constant'
    ? scale(context, place, a, parameterOf(b))
    : pair(
        context,
        place,
        'product',
        together(context, place, [a, b]) as [RuntimeValue, RuntimeValue],
      );

/** A sum of products over labelled axes, as NumPy's `einsum` has it: sums, products of matrices and products, one term after another.
 * @throws PatternLensError where the equation does not fit, or samples are mixed. */
export function einsum(
  context: ImportContext,
  place: Place,
  text: string,
  factors: readonly Factor[],
): RuntimeValue {
  const { operands, result } = parseEquation(
    place,
    text,
    factors.map((factor) => shapeOf(factor).length),
  );
  const given = factors.map((factor, at) =>
    diagonal(context, place.part(`term-${at}`), { factor, labels: operands[at]! }),
  );
  const terms = narrowed(context, place, given);
  const computed = terms.filter(({ factor }) => factor.kind === 'runtime');
  const [first, ...rest] = [...computed, ...terms.filter((term) => !computed.includes(term))];
  const labelsFrom = (at: number): ReadonlySet<string> =>
    new Set([...result, ...rest.slice(at).flatMap(({ labels }) => labels)]);
  const joint = rest.reduce((before, term, at) => {
    const part = place.part(`step-${at + 1}`);
    const others = new Set([...before.labels, ...labelsFrom(at + 1)]);
    const right = summed(context, part.part('of-right'), term, others);
    const kept = new Set([...labelsFrom(at + 1), ...right.labels]);
    const left = summed(context, part.part('of-left'), before, kept);
    return contracted(context, part, left, right, labelsFrom(at + 1));
  }, first!);
  const { factor, labels } = summed(context, place.part('rest'), joint, new Set(result));
  if (factor.kind !== 'runtime') return place.unsupported('all its inputs are constants.');
  const order = result.map((label) => labels.indexOf(label));
  return permute(context, place, factor, order);
}
