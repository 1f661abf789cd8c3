import type { Parameter } from '@patternlens/core/network';
import { sameOrder, type AxisOrder } from '../values/axis-order.js';

const orders = new WeakMap<Parameter, AxisOrder>();

/** Notes the order of axes that a parameter was brought into: parameters know nothing of it themselves. */
export function noteLaid(parameter: Parameter, order: AxisOrder): Parameter {
  const noted = orders.has(parameter) ? { ...parameter } : parameter;
  orders.set(noted, order);
  return noted;
}

/** Whether a parameter was brought into an order of axes. */
export function isLaid(parameter: Parameter, order: AxisOrder): boolean {
  const noted = orders.get(parameter);
  return noted !== undefined && sameOrder(noted, order);
}
