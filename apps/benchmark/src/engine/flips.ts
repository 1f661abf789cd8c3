import { type Network, type Tensor, type TensorRecord } from '@patternlens/core';
import { type Layer } from '@patternlens/core/network';
import { gateName, valueName } from '@patternlens/core/tracing';
import type { AgreementResult } from '../report/benchmark-report.js';

export type LayerFlips = AgreementResult['flips'][number];

/** One sample's runs whose decisions are compared. */
export interface DecidedRuns {
  /** Gates as the backend decided. */
  readonly actual: TensorRecord;
  /** Gates and layer values of the reference by itself. */
  readonly free: TensorRecord;
  /** Layer values of the reference under the backend's gates. */
  readonly under: TensorRecord;
  readonly inputs: TensorRecord;
}

const GATE = 'gate:';

export const gatesOf = (results: TensorRecord): TensorRecord =>
  Object.fromEntries(Object.entries(results).filter(([name]) => name.startsWith(GATE)));

/** Whether two runs took all decisions alike. */
export const sameGates = (a: TensorRecord, b: TensorRecord): boolean =>
  Object.entries(a).every(([name, { data }]) =>
    data.every((value, at) => value === b[name]!.data[at]),
  );

const largestOf = ({ data }: Tensor): number =>
  (data as Float64Array).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

/** Decisions of one layer that differ, and how clear the clearest of them was to the reference. */
function flipsOf(
  layer: Layer,
  mask: string,
  runs: DecidedRuns,
  input: Tensor | undefined,
): LayerFlips {
  const name = gateName(layer, mask);
  const a = runs.actual[name]!.data,
    b = runs.free[name]!.data;
  const isPool = mask === 'switches';
  let flips = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    if (a[at] === b[at]) continue;
    flips++;
    if (!isPool && input?.data.length === b.length)
      size = Math.max(size, Math.abs(input.data[at]!));
  }
  if (flips === 0) return { layer: layer.name, flips, of: b.length, margin: 0 };
  let scale = input;
  if (isPool) {
    // The pooled value under the backend's switches against the largest: what the other choice cost.
    const best = runs.free[valueName(layer.name)]!,
      chosen = runs.under[valueName(layer.name)]!;
    for (let at = 0; at < best.data.length; at++)
      size = Math.max(size, Math.abs(best.data[at]! - chosen.data[at]!));
    scale = best;
  }
  return {
    layer: layer.name,
    flips,
    of: b.length,
    margin: size === 0 ? 0 : size / largestOf(scale!),
  };
}

/** Flips of one sample, by layer. */
export function countFlips(network: Network, runs: DecidedRuns): LayerFlips[] {
  const valueOf = (name: string): Tensor | undefined => {
    const maker = network.layers.find(({ output }) => output === name);
    return maker ? runs.free[valueName(maker.name)] : runs.inputs[name];
  };
  return network.layers.flatMap((layer) => {
    const prefix = gateName(layer, '');
    return Object.keys(gatesOf(runs.actual))
      .filter((gate) => gate.startsWith(prefix))
      .map((gate) => flipsOf(layer, gate.slice(prefix.length), runs, valueOf(layer.inputs[0]!)));
  });
}

/** Flips of several samples together; layers without any are left out. */
export function sumFlips(all: readonly LayerFlips[]): LayerFlips[] {
  const byLayer = new Map<string, LayerFlips>();
  for (const entry of all) {
    const before = byLayer.get(entry.layer);
    byLayer.set(entry.layer, {
      layer: entry.layer,
      flips: entry.flips + (before?.flips ?? 0),
      of: entry.of + (before?.of ?? 0),
      margin: Math.max(entry.margin, before?.margin ?? 0),
    });
  }
  return [...byLayer.values()].filter(({ flips }) => flips > 0);
}
