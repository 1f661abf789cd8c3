import type { Method } from '../../methods/method.js';

/** Whether a method hands its start on from layer to layer, so that its relevance should sum to it, but for what rules keep back.
 * A driver that averages such a method keeps the sum too; its squares do not. */
export function keepsSum({ group, timesInput, driver, parameters }: Method): boolean {
  if (group !== 'attribution' || timesInput) return false;
  if (!driver) return true;
  return driver.of !== undefined && parameters['variant'] === 'mean' && keepsSum(driver.of);
}
