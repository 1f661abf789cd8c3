import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const script = resolve(__dirname, '../scripts/reproduce.js');
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', timeout: 280_000 });

describe('npm run reproduce', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patternlens-reproduce-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('measures the bundled network, judges every claim, and names what was not there', () => {
    const { status, stderr, stdout } = run(
      '--quick',
      '--data',
      join(folder, 'none'),
      '--out',
      folder,
    );
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as {
      seed: number;
      quick: boolean;
      environment: Record<string, string>;
      claims: { id: string; verdict: string; evidence: { subject: string; text: string }[] }[];
      networks: { numbers: { id: string }; samples: Record<string, number> }[];
      absent: string[];
    };
    expect([report.seed, report.quick]).toEqual([0, true]);
    expect(report.environment['node']).toBe(process.version);
    expect(report.networks.map(({ numbers }) => numbers.id)).toEqual(['default']);
    for (const id of ['mnist', 'resnet20', 'allcnn', 'squeezenet', 'vgg16'])
      expect(report.absent.join('\n')).toContain(`${id}: `);
    const verdicts = Object.fromEntries(report.claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'weights-are-not-the-signal': 'supported',
      'random-removes-nothing': 'supported',
      'relevance-adds-up': 'not supported',
      'sharper-pictures': 'not measured',
    });
    for (const { id, evidence } of report.claims)
      if (id !== 'sharper-pictures') expect(evidence[0]!.text).toMatch(/\d/);
    expect(stdout.split('\n').filter((line) => line.startsWith('supported'))).not.toHaveLength(0);

    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    // Everything is in the page: namespaces and data are all that looks like an address.
    expect(page.match(/(?:src|href)="(?!data:|#)[^"]*"/g)).toBeNull();
    expect(page).not.toMatch(/<script|<link|@import|url\(/);
    expect(page.match(/<svg /g)).toHaveLength(4);
    for (const { id } of report.claims) expect(page).toContain(`id="${id}"`);
  }, 300_000);

  test.each([
    [['--seed', 'x'], '--seed: expected a whole number'],
    [['--only', 'defualt'], 'there is no network "defualt"'],
    [['--vgg16', 'missing.onnx'], 'there is no file "missing.onnx"'],
  ])('%j is refused', (args, part) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(part);
  });
});
