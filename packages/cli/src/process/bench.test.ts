import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchmarkReport } from '@patternlens/benchmark';
import { runCli, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const options = { cwd: folder };
const args = [
  'bench',
  'default',
  'generated',
  '--method',
  'gradient,lrp-epsilon:epsilon=0.1',
  '--runs',
  5,
];

interface Timing {
  min: number;
  median: number;
  runs: number;
}
interface Bench {
  model: string;
  batch: number;
  runs: number;
  backends: {
    backend: string;
    forwardOf: string;
    methods: {
      method: string;
      parameters: Record<string, unknown>;
      forward: Timing;
      time: Timing & { ratio: number };
      agreement: {
        samples: number;
        equalGates: { relativeL2: number; maximum: number };
        freeGates: { relativeL2: number; maximum: number };
        sameTarget: boolean;
        flips: unknown[];
      };
    }[];
  }[];
}

test('--json: times as ratios of the same forward pass, and the distance from the reference', async () => {
  const more = ['--batch', 2, '--limit', 3, '--json'];
  const { stdout, stderr } = await succeed([...args, ...more], options);
  const bench = JSON.parse(stdout) as Bench;
  expect(bench).toMatchObject({ model: 'default', batch: 2, runs: 5 });
  expect(bench.backends).toHaveLength(1);
  const [{ backend, forwardOf, methods }] = bench.backends as [Bench['backends'][0]];
  expect([backend, forwardOf]).toEqual(['onnx:node', 'model file']);
  expect(methods.map(({ method, parameters }) => [method, parameters])).toEqual([
    ['gradient', {}],
    ['lrp-epsilon', { bias: 'include', epsilon: 0.1, gate: 'hold' }],
  ]);
  for (const { forward, time, agreement } of methods) {
    expect([forward.runs, time.runs]).toEqual([5, 5]);
    expect(time.min).toBeGreaterThan(0);
    expect(time.median).toBeGreaterThanOrEqual(time.min);
    expect(time.ratio).toBe(time.median / forward.median);
    expect(agreement.samples).toBe(3);
    expect(agreement.equalGates.relativeL2).toBeGreaterThan(0);
    expect(agreement.equalGates.relativeL2).toBeLessThan(1e-4);
    expect(agreement.sameTarget).toBe(true);
  }
  expect(stderr).toBe('onnx:node  gradient\nonnx:node  lrp-epsilon\n');
});

test('a gate that does not hold ends with 4, after the table', async () => {
  const one = ['bench', 'default', 'generated', '--method', 'gradient', '--runs', 1];
  const { code, stdout, stderr } = await runCli([...one, '--fail-above', '1e-12'], options);
  expect(code).toBe(4);
  expect(stdout).toMatch(
    /^onnx:node +gradient +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ x +[\d.]+e-\d+ +[\d.]+e-\d+ +\d+$/m,
  );
  expect(stderr).toMatch(/^patternlens: above --fail-above 1e-12: gradient on onnx:node\.$/m);
  await succeed([...one, '--fail-above', '1e-4'], options);
});

test('without the comparison: times only', async () => {
  const { stdout } = await succeed(
    [...args.slice(0, 5), '--runs', 1, '--no-agreement', '--json'],
    options,
  );
  const [{ methods }] = (JSON.parse(stdout) as Bench).backends as [Bench['backends'][0]];
  expect(methods.map((method) => Object.keys(method))).toEqual([
    ['method', 'parameters', 'forward', 'time'],
    ['method', 'parameters', 'forward', 'time'],
  ]);
});

test('a method that cannot run is a row with the reason, and fails the gate', async () => {
  const one = ['bench', 'default', 'generated', '--method', 'pattern-net', '--runs', 1];
  const { stdout } = await succeed(one, options);
  expect(stdout).toMatch(/^onnx:node +pattern-net +-( +-)+ +pattern-net: it needs patterns\./m);
  expect((await runCli([...one, '--fail-above', 1], options)).code).toBe(4);
});

describe('several backends', () => {
  const command = ['bench', 'default', 'generated', '--method', 'gradient,pattern-attribution'];
  const few = ['--fit', 16, '--limit', 2, '--batch', '1,4', '--runs', 2, '--budget', 30];

  test('stand in one report, which is one page too; what cannot run is a row with the reason', async () => {
    const backends = ['--backend', 'onnx:node,onnx:wasm,tfjs:webgl'];
    const files = ['--html', 'out/report.html', '--report', 'out/report.json'];
    const { stdout, stderr } = await succeed([...command, ...few, ...backends, ...files], options);
    expect(stdout).toMatch(/^tfjs:webgl .* it runs in browsers only\./m);
    expect(stderr).toContain('wrote out/report.html');
    const text = readFileSync(join(folder, 'out', 'report.json'), 'utf8');
    const report = JSON.parse(text) as BenchmarkReport;
    expect(report).toMatchObject({ format: 'patternlens-benchmark', version: 1, limit: 1e-4 });
    expect(report.hosts.map(({ id, kind }) => [id, kind])).toEqual([['node', 'node']]);
    const [network] = report.networks as [BenchmarkReport['networks'][0]];
    expect(network).toMatchObject({
      name: 'default',
      samples: ['generated 0', 'generated 1'],
      patterns: { samples: 16, backend: 'reference' },
    });
    const [node, wasm, webgl] = network.backends;
    expect(webgl).toMatchObject({
      backend: 'tfjs:webgl',
      failure: { kind: 'lacking' },
      methods: [],
    });
    for (const [run, mode] of [
      [node!, 'cpu'],
      [wasm!, 'wasm'],
    ] as const) {
      expect(run).toMatchObject({ mode, precision: 'float32', forwardOf: 'model file' });
      expect(run.fit!.layers).toHaveLength(5);
      for (const { relativeL2 } of run.fit!.layers) expect(relativeL2).toBeLessThan(1e-4);
      expect(run.methods.map(({ method }) => method)).toEqual(['gradient', 'pattern-attribution']);
      for (const { agreement, times } of run.methods) {
        expect(agreement!.equalGates.relativeL2).toBeLessThan(1e-4);
        expect(agreement!.equalGates.relativeL2).toBeGreaterThan(0);
        expect(agreement!.worst!.reference).toMatchObject({ height: 16, width: 16 });
        expect(agreement!.errorByLayer.length).toBe(network.layers);
        expect(times![0]).toMatchObject({ batch: 1, method: { runs: 2 }, forward: { runs: 2 } });
      }
    }
    const page = readFileSync(join(folder, 'out', 'report.html'), 'utf8');
    const json = /id="report-data"[^>]*>([^<]*)<\/script>/.exec(page)![1]!;
    expect(JSON.parse(json)).toEqual(report);
  });

  test('a runtime that takes its process down leaves the results of the others', async () => {
    // Preloaded into every process: the one of onnx:wasm kills itself when its first message arrives.
    const trap = join(folder, 'trap.cjs');
    writeFileSync(
      trap,
      `const { on } = process;
      process.on = function (name, listener) {
        if (name !== 'message') return on.call(this, name, listener);
        return on.call(this, name, (message) => {
          if (message.payload?.id === 'onnx:wasm') process.kill(process.pid, 'SIGSEGV');
          else listener(message);
        });
      };`,
    );
    const { stdout } = await succeed(
      [...command, '--fit', 8, '--runs', 0, '--backend', 'onnx:wasm,onnx:node'],
      { ...options, env: { NODE_OPTIONS: `--require ${trap}` } },
    );
    expect(stdout).toMatch(/^onnx:wasm .* its process ended with SIGSEGV\./m);
    expect(stdout).toMatch(/^onnx:node +gradient .* \d\.\de-\d/m);
  });
});
