import { readFileSync } from 'node:fs';
import { readOnnx } from '@patternlens/adapter-onnx';
import { canonize, ProgramBuilder, traceForward } from '@patternlens/core';
import { DEFAULT_NETWORK, generateBatch, GENERATOR } from '@patternlens/data';
import { interpret } from '@patternlens/reference';
import { readText } from './testing/repository.js';

const SAMPLES = 256;

describe('the bundled network', () => {
  const { first } = GENERATOR.splits.validation;

  test('tells held-out generated samples apart', async () => {
    const network = canonize(await readOnnx(readFileSync(DEFAULT_NETWORK.url)));
    const ops = new ProgramBuilder();
    ops.output('logits', traceForward(ops, network).values.get(network.outputs[0]!)!);
    const { input, labels } = generateBatch(first, SAMPLES);
    const { logits } = interpret(ops.build(), { [network.inputs[0]!.name]: input });
    const classes = GENERATOR.classes.length;
    const right = labels.filter((label, sample) => {
      const row = Array.from(logits!.data.subarray(sample * classes, (sample + 1) * classes));
      return row.indexOf(Math.max(...row)) === label;
    });
    expect(right.length / SAMPLES).toBeGreaterThanOrEqual(0.95);
  }, 60_000);

  test('is judged on samples of every class', () => {
    const { labels } = generateBatch(first, SAMPLES);
    expect(new Set(labels).size).toBe(GENERATOR.classes.length);
  });

  test('has the classes of the generator beside it', () => {
    expect(readText('packages/data/models/default.labels.txt')).toBe(
      `${GENERATOR.classes.join('\n')}\n`,
    );
    expect(DEFAULT_NETWORK.classes).toEqual(GENERATOR.classes);
  });
});
