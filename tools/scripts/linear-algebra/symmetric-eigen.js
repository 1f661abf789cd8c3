// The eigendecomposition that ml-matrix's took the place of, to be timed beside it.

/** The matrix's part from `from` on becomes `A - v w' - w v'`. */
function updateTwice(a, n, from, v, w) {
  for (let i = from; i < n; i++) {
    const vi = v[i],
      wi = w[i],
      row = i * n;
    for (let j = from; j < n; j++) a[row + j] -= vi * w[j] + wi * v[j];
  }
}

/** `scale * A v` of the part from `from` on. */
function timesVector(a, n, from, v, scale) {
  const result = new Float64Array(n);
  for (let i = from; i < n; i++) {
    let sum = 0;
    const row = i * n;
    for (let j = from; j < n; j++) sum += a[row + j] * v[j];
    result[i] = scale * sum;
  }
  return result;
}

function tridiagonalise(matrix, n) {
  const a = Float64Array.from(matrix);
  const diagonal = new Float64Array(n),
    beside = new Float64Array(n);
  const reflections = [];
  for (let k = 0; k + 2 < n; k++) {
    diagonal[k] = a[k * n + k];
    const v = new Float64Array(n);
    let largest = 0;
    for (let i = k + 1; i < n; i++) largest = Math.max(largest, Math.abs(a[k * n + i]));
    let norm = 0;
    if (largest > 0) for (let i = k + 1; i < n; i++) norm += (v[i] = a[k * n + i] / largest) * v[i];
    norm = Math.sqrt(norm);
    const head = v[k + 1];
    const end = head > 0 ? -norm : norm;
    beside[k] = largest * end;
    v[k + 1] = head - end;
    const scale = norm === 0 ? 0 : 1 / (norm * (norm + Math.abs(head)));
    reflections.push({ v, scale });
    if (scale === 0) continue;
    const w = timesVector(a, n, k + 1, v, scale);
    let along = 0;
    for (let i = k + 1; i < n; i++) along += w[i] * v[i];
    for (let i = k + 1; i < n; i++) w[i] -= (scale / 2) * along * v[i];
    updateTwice(a, n, k + 1, v, w);
  }
  for (let k = Math.max(0, n - 2); k < n; k++) {
    diagonal[k] = a[k * n + k];
    if (k + 1 < n) beside[k] = a[k * n + k + 1];
  }
  return { diagonal, beside, vectors: productOf(reflections, n) };
}

/** The transposed product of reflections `I - scale v v'`. */
function productOf(reflections, n) {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let k = reflections.length - 1; k >= 0; k--) {
    const { v, scale } = reflections[k];
    if (scale === 0) continue;
    // On the transposed product: each row meets v by itself, all of it in order.
    for (let row = k + 1; row < n; row++) {
      let sum = 0;
      const at = row * n;
      for (let j = k + 1; j < n; j++) sum += q[at + j] * v[j];
      sum *= scale;
      for (let j = k + 1; j < n; j++) q[at + j] -= sum * v[j];
    }
  }
  return q;
}

const STEP_LIMIT = 60;

/** Turns rows `i` and `i + 1`. */
function turn(z, n, i, c, s) {
  const low = i * n,
    high = low + n;
  for (let k = 0; k < n; k++) {
    const f = z[high + k],
      g = z[low + k];
    z[high + k] = s * g + c * f;
    z[low + k] = c * g - s * f;
  }
}

/** One implicit QL step on the block from `l` to `m`. */
function step({ diagonal: d, beside: e, vectors: z }, l, m) {
  const n = d.length;
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  const r0 = Math.hypot(g, 1);
  g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r0 : r0));
  let s = 1,
    c = 1,
    p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i],
      b = c * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    const shifted = d[i + 1] - p;
    const t = (d[i] - shifted) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = shifted + p;
    g = c * t - b;
    turn(z, n, i, c, s);
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}

/** All eigenvalues and directions of a symmetric matrix, by reflections and implicit QL steps. */
export function symmetricEigen(matrix, n) {
  const tridiagonal = tridiagonalise(matrix, n);
  const { diagonal, beside, vectors } = tridiagonal;
  for (let l = 0; l < n; l++) {
    for (let steps = 0; steps < STEP_LIMIT; steps++) {
      let m = l;
      while (m + 1 < n) {
        const size = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(beside[m]) <= Number.EPSILON * size) break;
        m++;
      }
      if (m === l) break;
      step(tridiagonal, l, m);
    }
  }
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b] - diagonal[a]);
  const sorted = new Float64Array(n * n);
  for (const [at, from] of order.entries())
    sorted.set(vectors.subarray(from * n, (from + 1) * n), at * n);
  return { values: Float64Array.from(order, (from) => diagonal[from]), vectors: sorted };
}
