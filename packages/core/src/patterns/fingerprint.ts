import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { isLinear, type LinearLayer } from '../layers/layer.js';

/** What identifies a linear layer: its name, for people, and a hash of its kind, attributes, canonised weights and bias. */
export interface LayerFingerprint {
  readonly layer: string;
  readonly hash: string;
}

function hashLayer(layer: LinearLayer): string {
  const hash = sha256.create();
  hash.update(utf8ToBytes(`${layer.kind} ${attributesKey(layer)}`));
  for (const name of ['weights', 'bias']) {
    const parameter = layer.parameters[name];
    if (!parameter) continue;
    const values = Float32Array.from(parameter.tensor.data);
    hash.update(utf8ToBytes(` ${name} [${parameter.tensor.shape.join(',')}] `));
    hash.update(new Uint8Array(values.buffer));
  }
  return bytesToHex(hash.digest());
}

/** Attributes that do not depend on the size of the input. */
function attributesKey(layer: LinearLayer): string {
  if (layer.kind === 'dense' || layer.kind === 'scale') return '';
  const { strides, padsBegin, padsEnd, dilations, groups } = layer.attributes;
  return JSON.stringify([strides, padsBegin, padsEnd, dilations, groups]);
}

const known = new WeakMap<CanonicalNetwork, readonly LayerFingerprint[]>();

/** SHA-256 of every linear layer of a network, in order. Names, spatial sizes and the batch do not count. */
export function fingerprintOf(network: CanonicalNetwork): readonly LayerFingerprint[] {
  const before = known.get(network);
  if (before) return before;
  const made = network.layers
    .filter(isLinear)
    .map((layer) => ({ layer: layer.name, hash: hashLayer(layer) }));
  known.set(network, made);
  return made;
}

/** The first difference between two fingerprints, in words; undefined where they agree. */
export function firstDifference(
  others: readonly LayerFingerprint[],
  ours: readonly LayerFingerprint[],
): string | undefined {
  for (let at = 0; at < Math.max(others.length, ours.length); at++) {
    const here = ours[at],
      there = others[at];
    if (here?.hash === there?.hash) continue;
    if (!here)
      return `the first layer that differs is their "${there!.layer}": this network has only ${ours.length} linear layers, theirs ${others.length}`;
    if (!there)
      return `the first layer that differs is "${here.layer}": their network ends before it, after ${others.length} linear layers`;
    return `the first layer that differs is "${here.layer}"${there.layer === here.layer ? '' : ` ("${there.layer}" there)`}: its weights, bias or attributes are others`;
  }
  return undefined;
}
