// Times our linear algebra beside ml-matrix's on the sizes that the quality criterion meets: `npm run build`, then
// `node tools/scripts/benchmark-linear-algebra.js [LARGEST]`. ml-matrix is used wherever it takes no more than three times as long.
import { EVD, Matrix, pseudoInverse, solve as solveByLibrary } from 'ml-matrix';
import { rankOfGram, solveGram } from '../../packages/evaluate/dist/quality/closed-form/gram.js';
import { ridgeRegress } from '../../packages/evaluate/dist/quality/closed-form/ridge.js';
import { solve } from './linear-algebra/solve.js';
import { symmetricEigen } from './linear-algebra/symmetric-eigen.js';

/** Inputs of a neuron: of a 3x3 kernel over 1, 3, 16, 64, 128 and 192 channels, of 11x11 over 3, and small dense layers. */
const SIZES = [9, 27, 64, 144, 363, 576, 1152, 1728];
const largest = Number(process.argv[2] ?? 1728);

let state = 1;
const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
const vector = (length) => Float64Array.from({ length }, draw);

/** The covariance of twice as many samples as there are inputs. */
function covariance(n) {
  const samples = 2 * n;
  const x = vector(n * samples);
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < samples; k++) sum += x[i * samples + k] * x[j * samples + k];
      result[i * n + j] = result[j * n + i] = sum / samples;
    }
  return result;
}

/** Microseconds of the processor's time that a call takes. */
function time(calls, call) {
  const before = process.cpuUsage();
  for (let at = 0; at < calls; at++) call(at);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** Microseconds of both, in turns: of five rounds the one with the median ratio; of a single one where a call takes seconds. */
function inTurns(calls, ours, library) {
  const round = () => [time(calls, ours), time(calls, library)];
  if (calls === 1) return round();
  round();
  const rounds = Array.from({ length: 5 }, round);
  return rounds.sort(([a, b], [c, d]) => b / a - d / c)[2];
}

function report(name, [ours, library]) {
  const shown = (value) => `${value.toPrecision(3)} us`.padStart(14);
  const ratio = (library / ours).toFixed(2).padStart(8);
  console.log(`${name.padEnd(36)}${shown(ours)}${shown(library)}${ratio}`);
}

const compare = (name, calls, ours, library) => {
  report(name, inTurns(calls, ours, library));
};

console.log(`${''.padEnd(36)}${'ours'.padStart(14)}${'ml-matrix'.padStart(14)}   ratio`);

for (const n of SIZES.filter((size) => size <= largest)) {
  const matrix = covariance(n);
  compare(
    `eigenvalues, ${n} x ${n}`,
    Math.max(1, Math.round(2e7 / n ** 3)),
    () => symmetricEigen(matrix, n),
    () => new EVD(Matrix.from1DArray(n, n, matrix), { assumeSymmetric: true }).eigenvectorMatrix,
  );
}

const systems = Array.from({ length: 256 }, () =>
  Array.from({ length: 4 }, (_, row) =>
    Array.from({ length: 4 }, (_, column) => draw() + (row === column ? 2 : 0)),
  ),
);
const right = [1, -0.3, 0, 0.2];
const four = inTurns(
  20_000,
  (at) =>
    solve(
      systems[at % 256].map((row) => [...row]),
      [...right],
    ),
  (at) => solveByLibrary(new Matrix(systems[at % 256]), Matrix.columnVector(right)).getColumn(0),
);
report('a system of four', four);

// The regression that such a system is solved for uses ml-matrix; with ours it would take the difference less.
for (const n of SIZES.filter((size) => size <= largest)) {
  const moments = {
    values: vector(n).map((value) => 1 + value),
    rank: n,
    weights: vector(n),
    cross: vector(n),
    positiveVariance: 2 * n,
    fires: 'sometimes',
  };
  const directions = { positive: vector(n), negative: vector(n) };
  const calls = Math.ceil(4e5 / n);
  time(calls, () => ridgeRegress(moments, directions));
  const whole = time(calls, () => ridgeRegress(moments, directions));
  report(`a neuron's ridge, ${n} inputs`, [whole - (four[1] - four[0]), whole]);
}

const grams = Array.from({ length: 256 }, () => [1 + draw(), draw() / 4, 1 + draw()]);
const matrixOf = ([a, b, c]) =>
  new Matrix([
    [a, b],
    [b, c],
  ]);
const two = [1, 0.4];
compare(
  'a system of two',
  100_000,
  (at) => solveGram(grams[at % 256], 2, two),
  (at) => solveByLibrary(matrixOf(grams[at % 256]), Matrix.columnVector(two)).getColumn(0),
);
compare(
  'a system of two, of rank one',
  100_000,
  (at) => solveGram([grams[at % 256][0], grams[at % 256][0], grams[at % 256][0]], 1, two),
  (at) => {
    const [a] = grams[at % 256];
    return pseudoInverse(matrixOf([a, a, a]))
      .mmul(Matrix.columnVector(two))
      .getColumn(0);
  },
);
compare(
  'the rank of a matrix of two',
  100_000,
  (at) => rankOfGram(grams[at % 256], 1),
  (at) =>
    new EVD(matrixOf(grams[at % 256]), { assumeSymmetric: true }).realEigenvalues.filter(
      (value) => value > 1,
    ).length,
);
