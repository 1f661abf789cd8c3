import {
  gateName,
  sliceSamples,
  tensor,
  traceMethod,
  valueName,
  type Backend,
  type Layer,
  type Method,
  type PatternSet,
  type Tensor,
  type TensorRecord,
  type TracedMethod,
} from '@patternlens/core';
import { asChoice } from '../arguments/parse-methods.js';
import type { OpenedModel } from '../models/open-model.js';

/** How near two arrays are, the worst of all samples. */
export interface Distance {
  /** `|a - b| / |b|`. */
  readonly relativeL2: number;
  /** `max|a - b| / max|b|`. */
  readonly maximum: number;
}

export interface LayerFlips {
  readonly layer: string;
  /** Decisions that differ from the reference's own. */
  readonly flips: number;
  readonly of: number;
  /** The largest margin among them, as a share of the layer's largest value: above 1e-4 a flip is not rounding. */
  readonly margin: number;
}

/** How a method on a backend agrees with the float64 reference. */
export interface Agreement {
  readonly samples: number;
  /** With the reference run under the backend's own decisions of rectifiers and pools: the limit of 1e-4 is for this. */
  readonly equalGates: Distance;
  /** With the reference's own decisions. */
  readonly freeGates: Distance;
  readonly sameTarget: boolean;
  readonly flips: readonly LayerFlips[];
}

/** Values times 2^exponent, sample by sample, in float64. */
function trueValues({ data }: Tensor, exponents: Tensor): Float64Array {
  const each = data.length / exponents.data.length;
  return Float64Array.from(
    data,
    (value, at) => value * 2 ** exponents.data[Math.floor(at / each)]!,
  );
}

function distance(own: Float64Array, reference: Float64Array, samples: number): Distance {
  const each = reference.length / samples;
  let relativeL2 = 0,
    maximum = 0;
  for (let sample = 0; sample < samples; sample++) {
    let difference = 0,
      size = 0,
      worst = 0,
      largest = 0;
    for (let at = sample * each; at < (sample + 1) * each; at++) {
      const off = own[at]! - reference[at]!;
      difference += off * off;
      size += reference[at]! ** 2;
      worst = Math.max(worst, Math.abs(off));
      largest = Math.max(largest, Math.abs(reference[at]!));
    }
    // Where the reference is zero everywhere, any difference is all of it.
    relativeL2 = Math.max(
      relativeL2,
      size === 0 ? (difference === 0 ? 0 : Infinity) : Math.sqrt(difference / size),
    );
    maximum = Math.max(maximum, largest === 0 ? (worst === 0 ? 0 : Infinity) : worst / largest);
  }
  return { relativeL2, maximum };
}

const worse = (a: Distance, b: Distance): Distance => ({
  relativeL2: Math.max(a.relativeL2, b.relativeL2),
  maximum: Math.max(a.maximum, b.maximum),
});

/** Distance over all inputs of a network. */
function relevanceDistance(
  traced: TracedMethod,
  own: TensorRecord,
  reference: TensorRecord,
  samples: number,
): Distance {
  const { relevance, exponent } = traced.ports;
  return [...relevance.values()]
    .map((name) =>
      distance(
        trueValues(own[name]!, own[exponent]!),
        trueValues(reference[name]!, reference[exponent]!),
        samples,
      ),
    )
    .reduce(worse);
}

function largestOf({ data }: Tensor): number {
  let largest = 0;
  for (let at = 0; at < data.length; at++) largest = Math.max(largest, Math.abs(data[at]!));
  return largest;
}

/** Decisions of one layer that differ, and how clear the clearest of them was in the reference. */
function layerFlips(
  layer: Layer,
  mask: string,
  own: TensorRecord,
  free: TensorRecord,
  under: TensorRecord,
  valueOf: (name: string) => Tensor | undefined,
): LayerFlips {
  const name = gateName(layer, mask);
  const a = own[name]!.data,
    b = free[name]!.data;
  const input = valueOf(layer.inputs[0]!);
  let flips = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    if (a[at] === b[at]) continue;
    flips++;
    if (mask !== 'switches' && input && input.data.length === b.length)
      size = Math.max(size, Math.abs(input.data[at]!));
  }
  let margin = size === 0 ? 0 : size / largestOf(input!);
  if (mask === 'switches' && flips > 0) {
    // The pooled value under the backend's switches against the largest: what the other choice cost.
    const best = free[valueName(layer.name)]!,
      chosen = under[valueName(layer.name)]!;
    for (let at = 0; at < best.data.length; at++)
      size = Math.max(size, Math.abs(best.data[at]! - chosen.data[at]!));
    margin = size === 0 ? 0 : size / largestOf(best);
  }
  return { layer: layer.name, flips, of: b.length, margin };
}

/** Compares a method on a backend with the reference, on one sample after the other. */
export async function measureAgreement(
  model: OpenedModel,
  method: Method,
  backend: Backend,
  reference: Backend,
  patterns: PatternSet | undefined,
  inputs: TensorRecord,
): Promise<Agreement> {
  const options = { method: asChoice(method), patterns };
  const outputs = traceMethod(model.network, { ...options, gates: 'outputs' });
  const free = traceMethod(model.network, { ...options, gates: 'outputs', layerValues: true });
  const given = traceMethod(model.network, { ...options, gates: 'inputs', layerValues: true });
  const { target, targetUsed } = outputs.ports;
  const executables = [
    await backend.compile(outputs.program),
    await reference.compile(free.program),
    await reference.compile(given.program),
  ] as const;
  const samples = Object.values(inputs)[0]!.shape[0]!;
  let equal: Distance = { relativeL2: 0, maximum: 0 },
    loose = equal,
    sameTarget = true;
  const flips = new Map<string, LayerFlips>();
  try {
    for (let sample = 0; sample < samples; sample++) {
      const one = Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [
          name,
          sliceSamples(value, sample, sample + 1),
        ]),
      );
      const own = await executables[0].run({ ...one, [target]: tensor(Float32Array.of(-1), [1]) });
      const chosen = { ...one, [target]: own[targetUsed]! };
      const loosely = await executables[1].run(chosen);
      const gates = Object.fromEntries(
        Object.entries(own).filter(([name]) => name.startsWith('gate:')),
      );
      const under = await executables[2].run({ ...chosen, ...gates });
      const top = topOf(loosely[outputs.ports.output]!);
      sameTarget &&= top === own[targetUsed]!.data[0];
      equal = worse(equal, relevanceDistance(outputs, own, under, 1));
      loose = worse(loose, relevanceDistance(outputs, own, loosely, 1));
      const valueOf = (name: string): Tensor | undefined => {
        const maker = outputs.network.layers.find(({ output }) => output === name);
        return maker ? loosely[valueName(maker.name)] : one[name];
      };
      for (const layer of outputs.network.layers) {
        for (const name of Object.keys(gates).filter((gate) =>
          gate.startsWith(gateName(layer, '')),
        )) {
          const mask = name.slice(gateName(layer, '').length);
          const found = layerFlips(layer, mask, own, loosely, under, valueOf);
          const before = flips.get(layer.name);
          flips.set(layer.name, {
            ...found,
            flips: found.flips + (before?.flips ?? 0),
            of: found.of + (before?.of ?? 0),
            margin: Math.max(found.margin, before?.margin ?? 0),
          });
        }
      }
    }
  } finally {
    for (const executable of executables) await executable.dispose();
  }
  return {
    samples,
    equalGates: equal,
    freeGates: loose,
    sameTarget,
    flips: [...flips.values()].filter(({ flips: count }) => count > 0),
  };
}

/** The index of the first largest value. */
function topOf({ data }: Tensor): number {
  let top = 0;
  for (let at = 1; at < data.length; at++) if (data[at]! > data[top]!) top = at;
  return top;
}
