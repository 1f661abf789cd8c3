import { constantValue, parameterOf, type ConstantValue } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { nearestWhole } from '../../read/nearest-whole.js';
import { isWholeElement, type ElementRange } from './element-range.js';
import { mapShares, type Along } from './shares.js';

/** Stored numbers as the real ones that they stand for, `(number - zero) * scale`; they keep their origin in the file. */
export function dequantised(
  node: OnnxNode,
  value: ConstantValue,
  scale: ConstantValue,
  zero: ConstantValue | undefined,
  along: Along,
): ConstantValue {
  const tensor = mapShares(
    node,
    value.tensor,
    scale.tensor,
    zero?.tensor,
    along,
    (number, factor, shift) => (number - shift) * factor,
  );
  return constantValue({ ...parameterOf(value), tensor });
}

/** Stored real numbers as the whole ones that a file makes of them. */
export function quantised(
  node: OnnxNode,
  value: ConstantValue,
  scale: ConstantValue,
  zero: ConstantValue | undefined,
  { low, high, elements }: ElementRange & { readonly elements: number },
  along: Along,
): ConstantValue {
  if (!isWholeElement(elements))
    node.unsupported(
      'it rounds stored numbers to floats of 8 bits or fewer.',
      'Export the model with its weights quantised already.',
    );
  const tensor = mapShares(
    node,
    value.tensor,
    scale.tensor,
    zero?.tensor,
    along,
    (number, factor, shift) =>
      Math.min(high, Math.max(low, nearestWhole(Math.fround(number / factor)) + shift)),
  );
  return constantValue({ ...parameterOf(value), tensor }, 'integer');
}
