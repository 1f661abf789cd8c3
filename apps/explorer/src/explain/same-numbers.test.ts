import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, METHODS } from '@patternlens/core';
import { readNpy } from '@patternlens/data';
import { NO_SITE, openSite } from '../testing/opened-site.js';

const COMMAND = join(__dirname, '../../../../packages/cli/bin/patternlens.js');
const isBuilt = existsSync(join(__dirname, '../../../../packages/cli/dist/index.js'));
const maybe = NO_SITE === undefined && isBuilt ? describe : describe.skip;

/** Every method, with what it needs; the drivers with fewer runs. */
const ASKED = METHODS.map(({ id, parameters }) => {
  const settings = Object.entries(parameters)
    .filter(([, { required }]) => required === true)
    .map(([name]) => `${name}=${name === 'low' ? -3 : 3}`);
  if (id === 'integrated-gradients') settings.push('steps=8');
  if (id === 'smoothgrad') settings.push('samples=4');
  return settings.length === 0 ? id : `${id}:${settings.join(',')}`;
});

interface Relevance {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

const distance = (a: readonly number[], b: ArrayLike<number>): number => {
  const squares = (of: (at: number) => number): number =>
    a.reduce((sum, _, at) => sum + of(at) ** 2, 0);
  return Math.sqrt(squares((at) => a[at]! - b[at]!) / (squares((at) => b[at]!) || 1));
};

maybe('numbers of the page', () => {
  it('are those of the command, for every method', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'numbers-'));
    await using site = await openSite();
    const { page, check } = await site.open({ hash: `#i=5&target=2&methods=${ASKED.join(',')}` });
    const command = await page.evaluate<string>('patternlens.command()');
    const bytes = await page.evaluate<number[]>(
      'patternlens.patterns().then((bytes) => Array.from(bytes))',
    );
    writeFileSync(join(folder, 'default.patterns.safetensors'), Uint8Array.from(bytes));
    const [program, ...args] = command.split(' ');
    expect(program).toBe('patternlens');
    const ran = spawnSync(process.execPath, [COMMAND, ...args, '--no-pictures'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(ran.stderr).not.toContain('error');
    expect(ran.status).toBe(0);
    const files = readdirSync(join(folder, 'explained')).filter((name) => name.endsWith('.npy'));
    expect(files).toHaveLength(ASKED.length);
    const distances: Record<string, number> = {};
    for (const asked of ASKED) {
      const [id] = asked.split(':', 1);
      const made = await page.evaluate<Relevance | null>(
        `(() => { const made = patternlens.relevance(${JSON.stringify(asked)});
          return made ? { shape: [...made.shape], data: Array.from(made.data) } : null; })()`,
      );
      const file =
        files.find((name) => name.endsWith(`.${id}.npy`)) ??
        files.find((name) => name.includes(`.${id}`));
      const kept = await readNpy(
        file!,
        bytesSource(readFileSync(join(folder, 'explained', file!))),
      );
      distances[asked] = made ? distance(made.data, kept.data) : Infinity;
    }
    expect(Object.entries(distances).filter(([, error]) => !(error <= 1e-4))).toEqual([]);
    check();
    rmSync(folder, { recursive: true });
  }, 120_000);
});
