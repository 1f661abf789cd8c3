/** Which part of a sample random numbers are for. Each has numbers of its own, so that a control that leaves out one
 * part leaves the others as they were. */
export type Part = 'signal' | 'distractor' | 'noise';

const PARTS: readonly Part[] = ['signal', 'distractor', 'noise'];

/** Sample indices below this have numbers of their own. */
export const INDEX_LIMIT = 2 ** 30;

/** A mixing of 32 bits that loses nothing: different inputs give different outputs. */
function mix(value: number): number {
  let z = (value + 0x9e3779b9) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** The seed of one part of one sample: for one seed of the data, no two parts of any samples share theirs. */
export function partSeed(version: number, seed: number, index: number, part: Part): number {
  const counter = (index * 4 + PARTS.indexOf(part)) >>> 0;
  // The key is mixed in before and after, so that two seeds never walk through the same numbers in step.
  const key = mix(seed ^ mix(version));
  return mix(mix((counter + key) >>> 0) ^ mix(key));
}
