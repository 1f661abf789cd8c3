import { uniforms } from '@patternlens/core/tensor';

/** The seed of one sample's own draws: it does not depend on the batch that the sample is in. */
export const seedOf = (seed: number, sample: number, draw = 0): number =>
  (Math.imul(seed, 0x9e3779b1) ^
    Math.imul(sample + 1, 0x85ebca6b) ^
    Math.imul(draw + 1, 0xc2b2ae35)) >>>
  0;

/** 0 to `count - 1` in random order, every order as likely. */
export function shuffled(count: number, seed: number): Uint32Array {
  const next = uniforms(seed);
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
