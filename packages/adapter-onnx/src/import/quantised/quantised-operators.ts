import { integerProducts } from './integer-products.js';
import { layouts } from './laid-out.js';
import { packedProduct } from './packed-weights.js';
import { pending } from './pending.js';
import { qlinear } from './qlinear.js';
import { dequantise, quantise, quantiseDynamically } from './quantise.js';
import type { QuantisedOperation } from './quantised-node.js';

/** Operators of quantised networks, by their full names. */
const OWN: Readonly<Record<string, QuantisedOperation>> = {
  ...integerProducts,
  ...qlinear,
  DequantizeLinear: dequantise,
  DynamicQuantizeLinear: quantiseDynamically,
  QuantizeLinear: quantise,
  'com.microsoft.DequantizeLinear': dequantise,
  'com.microsoft.MatMulNBits': packedProduct,
  'com.microsoft.QuantizeLinear': quantise,
};

/** Those of all networks that do something of their own with quantised values. */
const OTHERS: Readonly<Record<string, QuantisedOperation>> = { ...layouts, ...pending };

export const QUANTISED_OPERATORS: readonly string[] = Object.keys(OWN);

/** How a node is imported that is of a quantised network; undefined where it is no different from any other.
 * @param held One of its inputs is quantised. */
export function quantisedOperation(
  operator: string,
  held: boolean,
): QuantisedOperation | undefined {
  if (Object.hasOwn(OWN, operator)) return OWN[operator];
  return held && Object.hasOwn(OTHERS, operator) ? OTHERS[operator] : undefined;
}
