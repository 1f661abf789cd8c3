import { METHODS } from '@patternlens/core';
import { requiredParameters } from '@patternlens/core/tracing';
import { describeWithData, sharedFile } from '../testing/shared-data.js';
import { runCli, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(300_000);

interface Bench {
  readonly backends: readonly {
    readonly backend: string;
    readonly methods: readonly {
      readonly method: string;
      readonly error?: string;
      readonly agreement: {
        readonly equalGates: { readonly relativeL2: number | null };
        readonly sameTarget: boolean;
        readonly flips: readonly { readonly layer: string; readonly margin: number }[];
      };
    }[];
  }[];
}

const folder = scratch();
const options = { cwd: folder };
const model = (name: string): string => sharedFile('models', `${name}.onnx`);
const samples = (name: string, what: string): string => sharedFile('models', `${name}.${what}.npy`);

async function agreement(path: string, args: readonly (string | number)[]): Promise<Bench> {
  const fixed = ['--backend', 'onnx:node,onnx:wasm', '--runs', 0, '--json'];
  const { stdout } = await succeed(['bench', path, ...args, ...fixed], options);
  return JSON.parse(stdout) as Bench;
}

/** Methods that need no bounds of the input: arrays tell none. */
const UNBOUNDED = METHODS.filter(
  ({ parameters }) => requiredParameters(parameters).length === 0,
).length;

/** Methods whose denominators don't cancel to nearly nothing in a deep residual network whose inputs have both signs. Those of plain gamma do, and what
 * flat and squared weights bring to sums that are nearly 0. */
const CONDITIONED = [
  'gradient',
  'deconvnet',
  'guided-backprop',
  'pattern-net',
  'input-x-gradient',
  'lrp-0',
  'lrp-epsilon',
  'lrp-gamma:generalised=yes',
  'lrp-alpha1-beta0',
  'lrp-alpha2-beta1',
  'lrp-z-plus',
  'epsilon-plus-flat',
  'epsilon-alpha2-beta1-flat',
  'deep-taylor',
  'pattern-attribution',
];

/** The share z / (z + epsilon) of a neuron whose z is of the size of its epsilon, 1e-6, is not decided by float32: half a unit in the last place of
 * All-CNN's weights changes the relevance by 1.6e-4, computed in float64. With a larger epsilon the common limit holds. */
const limitOf = (method: string): number => (method === 'lrp-epsilon' ? 1e-3 : 1e-4);

/** Every method on both runtimes: near the reference under the same decisions, and no decision differs by more than rounding. */
function expectAgreement({ backends }: Bench, count: number): void {
  expect(backends.map(({ backend }) => backend)).toEqual(['onnx:node', 'onnx:wasm']);
  for (const { methods } of backends) {
    expect(methods).toHaveLength(count);
    for (const { method, error, agreement } of methods) {
      expect({ method, error }).toEqual({ method });
      // An infinite distance, where only the reference is zero, is null in JSON.
      const within =
        agreement.equalGates.relativeL2 !== null &&
        agreement.equalGates.relativeL2 < limitOf(method);
      expect({ method, within }).toEqual({
        method,
        within: true,
      });
      expect(agreement.sameTarget).toBe(true);
      expect(agreement.flips.filter(({ margin }) => margin > 1e-4)).toEqual([]);
    }
  }
}

describeWithData('whole networks on both runtimes', () => {
  test.each([
    ['mnist-mlp', 'all', UNBOUNDED],
    ['mnist-cnn', 'all', UNBOUNDED],
    ['cifar10-resnet20', CONDITIONED.join(), CONDITIONED.length],
    ['cifar10-allcnn', 'deconvnet,pattern-net,lrp-epsilon,lrp-alpha2-beta1', 4],
  ])('%s agrees with the reference: %s', async (name, methods, count) => {
    const patterns = `${name}.safetensors`;
    const fitting = ['fit', model(name), '--data', samples(name, 'fit'), '--out', patterns];
    await succeed([...fitting, '--no-moments'], options);
    const args = [samples(name, 'inputs'), '--method', methods, '--patterns', patterns];
    expectAgreement(await agreement(model(name), [...args, '--limit', 1]), count);
  });

  test('lrp-epsilon agrees where its epsilon is above the rounding of z', async () => {
    for (const name of ['cifar10-resnet20', 'cifar10-allcnn']) {
      const method = ['--method', 'lrp-epsilon:epsilon=0.01', '--limit', 2];
      const made = await agreement(model(name), [samples(name, 'inputs'), ...method]);
      for (const { methods } of made.backends)
        expect(methods[0]!.agreement.equalGates.relativeL2).toBeLessThan(1e-4);
    }
  });

  test('SqueezeNet agrees with the reference', async () => {
    const path = sharedFile('squeezenet', 'squeezenet1.0.onnx');
    const fitting = ['fit', path, '--data', sharedFile('inputs', 'squeezenet.fit.npy')];
    await succeed([...fitting, '--out', 'squeezenet.safetensors', '--no-moments'], options);
    const methods = ['--method', 'guided-backprop,pattern-attribution'];
    const args = [sharedFile('inputs', 'squeezenet.inputs.npy'), ...methods];
    const given = [...args, '--patterns', 'squeezenet.safetensors', '--limit', 1];
    expectAgreement(await agreement(path, given), 2);
  });

  test('a gate that nothing passes names every method and backend', async () => {
    const args = ['bench', model('mnist-mlp'), samples('mnist-mlp', 'inputs'), '--runs', 0];
    const methods = ['--method', 'gradient,lrp-0', '--fail-above', 1e-12];
    const { code, stderr } = await runCli([...args, ...methods], options);
    expect(code).toBe(4);
    expect(stderr).toContain(
      'above --fail-above 1e-12: gradient on onnx:node, lrp-0 on onnx:node.',
    );
  });
});
