import { PatternLensError } from '../errors/patternlens-error.js';
import { inversePermutation, permuteTensor } from '../tensor/permute-tensor.js';
import type { Tensor } from '../tensor/tensor.js';

/** One step from the layout of a file's tensor towards the layout that a layer uses. */
export type LayoutStep =
  | { readonly kind: 'permute'; readonly permutation: readonly number[] }
  | { readonly kind: 'reshape'; readonly shape: readonly number[] };

/** Where a parameter came from: the file's tensor, its shape there, and the changes of layout since. */
export interface Origin {
  readonly tensor: string;
  readonly shape: readonly number[];
  readonly steps: readonly LayoutStep[];
}

/** Numbers of a layer, in the layout that its kind names. */
export interface Parameter {
  readonly tensor: Tensor;
  readonly origin?: Origin;
}

/** The parameter with its axes in another order; its origin follows. */
export function permuteParameter(
  { tensor, origin }: Parameter,
  permutation: readonly number[],
): Parameter {
  return withStep(permuteTensor(tensor, permutation), origin, { kind: 'permute', permutation });
}

/** The parameter with the same numbers under another shape; its origin follows. */
export function reshapeParameter(
  { tensor, origin }: Parameter,
  shape: readonly number[],
): Parameter {
  return withStep({ data: tensor.data, shape }, origin, { kind: 'reshape', shape });
}

function withStep(tensor: Tensor, origin: Origin | undefined, step: LayoutStep): Parameter {
  return origin ? { tensor, origin: { ...origin, steps: [...origin.steps, step] } } : { tensor };
}

/** Values in a parameter's layout, laid out as the file's tensor is. */
export function toFileLayout(values: Tensor, origin: Origin): Tensor {
  const shapes: (readonly number[])[] = [origin.shape];
  for (const step of origin.steps) {
    shapes.push(
      step.kind === 'reshape' ? step.shape : step.permutation.map((axis) => shapes.at(-1)![axis]!),
    );
  }
  return origin.steps.reduceRight<Tensor>((tensor, step, index) => {
    if (step.kind === 'reshape') return { data: tensor.data, shape: shapes[index]! };
    return permuteTensor(tensor, inversePermutation(step.permutation));
  }, values);
}

/** Values in the layout of the file's tensor, laid out as the parameter is.
 * @throws PatternLensError `invalid-pattern` where their shape is not that of the file's tensor. */
export function fromFileLayout(values: Tensor, origin: Origin): Tensor {
  if (values.shape.join() !== origin.shape.join()) {
    throw new PatternLensError(
      'core',
      'invalid-pattern',
      `"${origin.tensor}" has shape [${origin.shape.join(', ')}], its pattern [${values.shape.join(', ')}].`,
    );
  }
  return origin.steps.reduce<Tensor>(
    (tensor, step) =>
      step.kind === 'reshape'
        ? { data: tensor.data, shape: step.shape }
        : permuteTensor(tensor, step.permutation),
    values,
  );
}
