// Looked up once: a test runner's sandbox makes each look-up of a global slow.
const { imul } = Math;

/** Uniform numbers in [0, 1) from integer arithmetic alone, the same on every engine: xoshiro128** seeded by splitmix32. */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = imul(z ^ (z >>> 16), 0x21f0aaad);
    z = imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const s = Uint32Array.from({ length: 4 }, next);
  const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
  return () => {
    const result = imul(rotate(imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotate(s[3]!, 11);
    return result / 2 ** 32;
  };
}

/** Nearly normal numbers of mean 0 and variance 1, as sums of twelve uniforms: no function of the JavaScript engine is used. */
export function normals(seed: number): () => number {
  const draw = uniforms(seed);
  return () => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += draw();
    return sum;
  };
}
