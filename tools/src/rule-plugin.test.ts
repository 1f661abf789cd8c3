import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, installInto, packAll, removeFolder } from './testing/installed.js';
import { readManifest, ROOT, RULE_PLUGIN } from './testing/repository.js';
import { run } from './testing/run-node.js';

const manifest = readManifest(RULE_PLUGIN);
const tarballs = emptyFolder();
const project = emptyFolder();
const packed = packAll(tarballs);
const runtimes = Object.keys(manifest.devDependencies!).filter(
  (name) => !name.startsWith('@patternlens/'),
);
const missing = installInto(project, packed, runtimes);
const suffix = missing === undefined ? '' : `: ${missing}`;
const describeInstalled = missing === undefined ? describe : describe.skip;

/** Where npm would put it. */
const installed = join(project, 'node_modules', manifest.name);

beforeAll(() => {
  cpSync(join(ROOT, RULE_PLUGIN), installed, { recursive: true });
});

afterAll(() => {
  removeFolder(tarballs);
  removeFolder(project);
});

test('it is no part of the workspace', () => {
  const { stdout } = run('npm', ['query', '.workspace'], ROOT);
  const places = (JSON.parse(stdout) as { location: string }[]).map(({ location }) => location);
  expect(places).toContain('examples/explain-onnx');
  expect(places).not.toContain(RULE_PLUGIN);
});

test('its conformance test has no more than a dozen lines', () => {
  const text = readFileSync(join(ROOT, RULE_PLUGIN, 'conformance.test.js'), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(14);
});

describeInstalled(`an empty project with the packed packages and the plug-in${suffix}`, () => {
  test('the tests of the plug-in pass on every backend of Node', () => {
    const { status, stdout } = run('npm', ['test'], installed, 240_000);
    expect({ status, said: status === 0 ? '' : stdout.slice(-3000) }).toEqual({
      status: 0,
      said: '',
    });
    for (const id of ['onnx:node', 'onnx:wasm', 'tfjs:cpu', 'tfjs:wasm', 'gpujs:cpu', 'gpujs:wasm'])
      expect(stdout).toContain(id);
    expect(Number(/^. pass (\d+)/m.exec(stdout)?.[1])).toBeGreaterThan(300);
  }, 260_000);

  test('the command explains with its method', () => {
    const { status, stderr } = run(
      'npx',
      [
        ...['--no', '--', 'patternlens', 'explain', 'default', 'generated', '--limit', '2'],
        ...[
          '--plugin',
          manifest.name,
          '--method',
          'lrp-relative:share=0.1,lrp-epsilon',
          '--out',
          'out',
        ],
      ],
      project,
    );
    expect({ status, said: status === 0 ? '' : stderr }).toEqual({ status: 0, said: '' });
    const [relative, epsilon] = JSON.parse(
      readFileSync(join(project, 'out/explanations.json'), 'utf8'),
    ) as { plugins?: string[]; parameters: object; samples: { sum: number; start: number }[] }[];
    expect(relative!.plugins).toEqual([`${manifest.name}@${manifest.version}`]);
    expect(relative!.parameters).toEqual({ share: 0.1 });
    expect(epsilon).not.toHaveProperty('plugins');
    // The stabiliser takes from every layer.
    for (const { sum, start } of relative!.samples) {
      expect(sum / start).toBeGreaterThan(0);
      expect(sum / start).toBeLessThan(1);
    }
  }, 60_000);
});
