import type {
  AgreementResult,
  BackendResult,
  BenchmarkReport,
  FitResult,
  MethodResult,
  MethodTimes,
  Timing,
  WorstSample,
} from '../report/benchmark-report.js';
import { seededRandom, type Random } from './seeded-random.js';

const SIDE = 28;
const BINS = 41;
const LAYERS = ['conv1', 'relu1', 'pool1', 'conv2', 'relu2', 'pool2', 'dense1', 'relu3', 'dense2'];

const METHODS: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ['gradient', {}],
  ['deconvnet', {}],
  ['guided-backprop', {}],
  ['pattern-net', {}],
  ['input-x-gradient', {}],
  ['integrated-gradients', { steps: 32 }],
  ['lrp-0', {}],
  ['lrp-epsilon', { epsilon: 0.1 }],
  ['lrp-alpha1-beta0', {}],
  ['deep-taylor', {}],
  ['pattern-attribution', {}],
];

interface Plan {
  readonly backend: string;
  readonly host: 'node' | 'chromium';
  readonly runtime: readonly [string, string];
  readonly mode: string;
  readonly threads?: number;
  readonly error: number;
  readonly forward: number;
  readonly factor: number;
}

const TFJS = ['@tensorflow/tfjs', '4.22.0'] as const;
const PLANS: readonly Plan[] = [
  {
    backend: 'tfjs:cpu',
    host: 'node',
    runtime: TFJS,
    mode: 'cpu',
    threads: 1,
    error: 3e-7,
    forward: 61,
    factor: 2.2,
  },
  {
    backend: 'tfjs:wasm',
    host: 'node',
    runtime: TFJS,
    mode: 'wasm, SIMD',
    threads: 1,
    error: 4e-7,
    forward: 3.4,
    factor: 2.4,
  },
  {
    backend: 'gpujs:cpu',
    host: 'node',
    runtime: ['gpu.js', '2.24.1'],
    mode: 'cpu',
    threads: 1,
    error: 1e-7,
    forward: 74,
    factor: 2.1,
  },
  {
    backend: 'onnx:node',
    host: 'node',
    runtime: ['onnxruntime-node', '1.30.0'],
    mode: 'CPUExecutionProvider',
    threads: 2,
    error: 2e-7,
    forward: 0.71,
    factor: 2.6,
  },
  {
    backend: 'onnx:wasm',
    host: 'chromium',
    runtime: ['onnxruntime-web', '1.30.0'],
    mode: 'wasm, SIMD, threads',
    threads: 4,
    error: 2e-7,
    forward: 1.9,
    factor: 2.5,
  },
  {
    backend: 'tfjs:webgl',
    host: 'chromium',
    runtime: TFJS,
    mode: 'webgl2, float32 textures',
    error: 7e-7,
    forward: 9.2,
    factor: 2.9,
  },
  {
    backend: 'gpujs:webgl2',
    host: 'chromium',
    runtime: ['gpu.js', '2.24.1'],
    mode: 'webgl2, pipeline',
    error: 9e-7,
    forward: 14.8,
    factor: 2.7,
  },
  {
    backend: 'gpujs:webgpu',
    host: 'chromium',
    runtime: ['gpu.js', '2.24.1'],
    mode: 'webgpu',
    error: 0,
    forward: 0,
    factor: 0,
  },
];

/** A report as a run would give it: eight backends on two hosts, eleven methods, one backend that fails, one method that is
 * lacking, one that differs. The same seed gives the same report. */
export function sampleReport(seed = 1): BenchmarkReport {
  const random = seededRandom(seed);
  return {
    format: 'patternlens-benchmark',
    version: 1,
    created: '2026-11-23T18:00:00.000Z',
    patternlens: '0.1.0',
    limit: 1e-4,
    hosts: [
      {
        id: 'node',
        kind: 'node',
        name: 'Node 20.20.2',
        facts: [
          { label: 'Processor', value: 'Intel Xeon Platinum 8481C, 2 cores' },
          { label: 'Memory', value: '8 GiB' },
          { label: 'System', value: 'Linux 6.1, x64' },
        ],
      },
      {
        id: 'chromium',
        kind: 'browser',
        name: 'Chromium 156',
        facts: [
          { label: 'Cross-origin isolated', value: 'yes' },
          {
            label: 'WebGL2 renderer',
            value:
              'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)',
          },
          { label: 'WebGPU adapter', value: 'none' },
          { label: 'Timer resolution', value: '0.005 ms' },
        ],
      },
    ],
    networks: [
      {
        name: 'default',
        layers: LAYERS.length,
        parameters: 105_866,
        macs: 2_314_880,
        fingerprint: 'b0a7c41e55d09f12',
        samples: ['ring 3', 'cross 17', 'bar 21', 'ring 40'],
        patterns: { samples: 2000, backend: 'reference' },
        backends: PLANS.map((plan) => backendOf(plan, random)),
      },
    ],
  };
}

function backendOf(plan: Plan, random: Random): BackendResult {
  const { backend, host, runtime, mode, threads } = plan;
  if (backend === 'gpujs:webgpu') {
    return {
      backend,
      host,
      methods: [],
      failure: {
        kind: 'failed',
        reason:
          'gpujs:webgpu: expected a WebGPU adapter, got none. Use gpujs:webgl2, or start the browser with WebGPU.',
        cause:
          "TypeError: Cannot read properties of null (reading 'requestDevice')\n    at WebGPUBackend.init (webgpu.js:41:27)",
      },
    };
  }
  return {
    backend,
    host,
    mode,
    runtime: { name: runtime[0], version: runtime[1] },
    threads,
    precision: 'float32',
    forwardOf: backend.startsWith('onnx') ? 'model file' : 'own program',
    methods: METHODS.map((method) => methodOf(method, plan, random)),
    ...(host === 'node' && { fit: fitOf(plan, random) }),
  };
}

function methodOf(
  [method, parameters]: (typeof METHODS)[number],
  plan: Plan,
  random: Random,
): MethodResult {
  if (plan.backend === 'tfjs:wasm' && method === 'integrated-gradients') {
    return {
      method,
      parameters,
      failure: {
        kind: 'lacking',
        reason: 'tfjs:wasm lacks the kernel DepthwiseConv2dNativeBackpropInput. Use tfjs:cpu.',
        cause:
          "Error: Kernel 'DepthwiseConv2dNativeBackpropInput' not registered for backend 'wasm'",
      },
    };
  }
  const differs = plan.backend === 'tfjs:webgl' && method === 'pattern-net';
  const error = differs ? 3.1e-2 : plan.error * (0.5 + 3 * random());
  const weight = method === 'integrated-gradients' ? 14 : 1;
  return {
    method,
    parameters,
    agreement: agreementOf(error, differs, random),
    times: [1, 16].map((batch) => timesOf(plan, batch, weight, random)),
  };
}

function agreementOf(error: number, differs: boolean, random: Random): AgreementResult {
  const flipped = random() < 0.18;
  const free = flipped ? Math.max(error, 2e-3 * (0.2 + random())) : error;
  const distances = (by: number) => ({
    relativeL2: by,
    maximum: by * 0.8,
    cosine: 1 - (by * by) / 2,
    spearman: 1 - by * 0.2,
  });
  return {
    samples: 4,
    equalGates: distances(error),
    freeGates: distances(free),
    sameClass: !differs,
    flips: LAYERS.filter((layer) => /relu|pool/.test(layer)).map((layer, at) => ({
      layer,
      flips: flipped && at === 1 ? 2 : 0,
      of: 3136 >> at,
      margin: flipped && at === 1 ? 3.4e-8 : 0,
    })),
    errorByLayer: LAYERS.map((layer, at) => ({
      layer,
      relativeL2:
        layer === 'relu1' && !differs
          ? 6e-8
          : 6e-8 * (1 + at * 0.6 + random()) * (differs && at >= 6 ? 4e4 : 1),
    })),
    ...(differs && { errorGrowsAt: 'dense1' }),
    worst: worstOf(error, random),
  };
}

/** A ring-like map, and one that differs from it by the error. */
function worstOf(error: number, random: Random): WorstSample {
  const [centreX, centreY, radius] = [10 + 8 * random(), 10 + 8 * random(), 5 + 3 * random()];
  const at = (index: number): readonly [number, number] => [index % SIDE, Math.floor(index / SIDE)];
  const distance = (index: number): number => {
    const [x, y] = at(index);
    return Math.hypot(x - centreX, y - centreY) - radius;
  };
  const reference = Float32Array.from({ length: SIDE * SIDE }, (_, index) => {
    const off = distance(index);
    return (
      0.08 * Math.exp(-(off * off) / 3) * Math.cos(off * 1.4 + index / 300) +
      0.004 * (random() - 0.5)
    );
  });
  const norm = Math.hypot(...reference);
  const noise = Float64Array.from(
    reference,
    (value) => (random() + random() + random() - 1.5) * (0.2 + Math.abs(value) * 20),
  );
  const size = Math.hypot(...noise);
  const actual = reference.map((value, index) => value + (noise[index]! / size) * norm * error);
  const differences = actual.map((value, index) => value - reference[index]!);
  const largest = differences.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const counts = new Array<number>(BINS).fill(0);
  for (const value of differences) {
    counts[Math.min(BINS - 1, Math.floor(((value / largest + 1) / 2) * BINS))]! += 1;
  }
  const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, index) => {
    const off = distance(Math.floor(index / 3));
    return Math.round(30 + 205 * Math.exp(-(off * off) / 4) + 20 * random());
  });
  const map = (values: Float32Array) => ({
    height: SIDE,
    width: SIDE,
    values: Buffer.from(values.buffer).toString('base64'),
  });
  return {
    sample: 'cross 17',
    relativeL2: error,
    input: { height: SIDE, width: SIDE, pixels: Buffer.from(pixels).toString('base64') },
    reference: map(reference),
    own: map(actual),
    histogram: { largest, counts },
  };
}

function timesOf(
  { forward, factor }: Plan,
  batch: number,
  weight: number,
  random: Random,
): MethodTimes {
  const spread = (median: number): Timing => ({
    p10: median * (0.9 + 0.06 * random()),
    median,
    p90: median * (1.06 + 0.2 * random()),
    runs: 20,
  });
  const plain = forward * (batch === 1 ? 1 : batch * 0.55) * (0.95 + 0.1 * random());
  const ratio = factor * weight * (0.85 + 0.3 * random());
  return {
    batch,
    cold: 120 + plain * ratio * 6 + 400 * random(),
    forward: spread(plain),
    method: spread(plain * ratio),
    ratio: { value: ratio, low: ratio * 0.96, high: ratio * 1.05 },
  };
}

function fitOf({ error, forward }: Plan, random: Random): FitResult {
  const neurons: Readonly<Record<string, number>> = { conv1: 16, conv2: 32, dense1: 64, dense2: 4 };
  return {
    samples: 512,
    perSample: forward * 1.7,
    layers: Object.entries(neurons).map(([layer, size]) => ({
      layer,
      relativeL2: error * (0.8 + 2 * random()),
      neurons: size,
      compared: size - Math.floor(random() * 3),
    })),
  };
}
