import { messageOf } from '@patternlens/core';
import type { Wanted } from '../compute/calls/sample-supply.js';
import type { ComputeClient } from '../compute/client.js';
import type { FitSource } from './fit-source.js';

/** Reads the samples that a worker asks for, and hands them over; where they can't be read, says why. */
export async function supply(
  client: ComputeClient,
  source: FitSource,
  { wanted }: Wanted,
): Promise<void> {
  const { token, first, count } = wanted;
  try {
    await client.call('supplySamples', { token, inputs: await source.read(first, count) });
  } catch (thrown) {
    await client.call('supplySamples', { token, reason: messageOf(thrown) });
  }
}
