// Trains a classifier of the generated data with a program that gives logits and gradients; weights are inputs of the program.
import { tensor } from '@patternlens/core';
import { uniforms } from '@patternlens/core/tensor';
import { generateBatch, GENERATOR } from '@patternlens/data';

const BATCH = 64;
const { train, validation } = GENERATOR.splits;
const classes = GENERATOR.classes.length;

export const sizeOf = (shape) => shape.reduce((total, dim) => total * dim, 1);

function oneHot(labels) {
  const data = new Float32Array(labels.length * classes);
  labels.forEach((label, at) => (data[at * classes + label] = 1));
  return tensor(data, [labels.length, classes]);
}

function shuffled(count, draw) {
  const order = Int32Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

function correct(logits, labels) {
  return labels.reduce((sum, label, at) => {
    const row = Array.from(logits.data.subarray(at * classes, (at + 1) * classes));
    return sum + (row.indexOf(Math.max(...row)) === label ? 1 : 0);
  }, 0);
}

/** Adam (Kingma and Ba 2015) with weight decay of its own (Loshchilov and Hutter 2019), in place. */
function adam(weights, gradient, state, { rate, step, weightDecay }) {
  for (let at = 0; at < weights.length; at++) {
    state.mean[at] = 0.9 * state.mean[at] + 0.1 * gradient[at];
    state.square[at] = 0.999 * state.square[at] + 0.001 * gradient[at] ** 2;
    const mean = state.mean[at] / (1 - 0.9 ** step),
      square = state.square[at] / (1 - 0.999 ** step);
    weights[at] -= (rate * mean) / (Math.sqrt(square) + 1e-8) + rate * weightDecay * weights[at];
  }
}

/** One epoch after another in an order drawn by the seed, `warmUp` steps until the full rate, which falls by `decay` each epoch.
 * @param program Inputs `image`, `labels` (one-hot) and each parameter by its name; outputs `logits` and `gradient:NAME` of the summed cross entropy.
 * @param weights By name, changed in place.
 * @returns the share of the held-out samples that is right. */
export async function trainClassifier(backend, { program, parameters, weights }, settings) {
  const { epochs, seed, rate, decay, warmUp, weightDecay, log } = settings;
  const executable = await backend.compile(program);
  const states = Object.fromEntries(
    parameters.map(({ name, shape }) => [
      name,
      { mean: new Float64Array(sizeOf(shape)), square: new Float64Array(sizeOf(shape)) },
    ]),
  );
  const run = (input, labels) =>
    executable.run({
      image: input,
      labels: oneHot(labels),
      ...Object.fromEntries(
        parameters.map(({ name, shape }) => [name, tensor(weights[name], shape)]),
      ),
    });
  const data = generateBatch(train.first, train.count);
  const held = generateBatch(validation.first, validation.count);
  const each = sizeOf(GENERATOR.shape);
  const draw = uniforms(seed + 1);
  let step = 0;
  let right = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(train.count, draw);
    for (let from = 0; from < train.count; from += BATCH) {
      const chosen = order.subarray(from, from + BATCH);
      const image = new Float32Array(chosen.length * each);
      chosen.forEach((sample, at) =>
        image.set(data.input.data.subarray(sample * each, (sample + 1) * each), at * each),
      );
      const results = await run(
        tensor(image, [chosen.length, ...GENERATOR.shape]),
        Array.from(chosen, (sample) => data.labels[sample]),
      );
      step++;
      for (const { name } of parameters) {
        const gradient = results[`gradient:${name}`].data.map((value) => value / chosen.length);
        const now = rate * decay ** epoch * Math.min(1, step / warmUp);
        adam(weights[name], gradient, states[name], { rate: now, step, weightDecay });
      }
    }
    const { logits } = await run(held.input, Array.from(held.labels));
    right = correct(logits, Array.from(held.labels)) / validation.count;
    log(
      `epoch ${epoch + 1}: ${(100 * right).toFixed(2)} % of ${validation.count} held-out samples`,
    );
  }
  await executable.dispose();
  return right;
}
