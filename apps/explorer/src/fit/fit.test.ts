import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, readPatterns, type PatternSet } from '@patternlens/core';
import type { Page } from 'playwright-core';
import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;
const CLI = join(__dirname, '../../../../packages/cli/bin/patternlens.js');

interface Told {
  readonly fit: { status: string; done: number; total: number };
  readonly model: { patterns: { samples: number; source: string } };
}

const stateOf = (page: Page): Promise<Told> => page.evaluate('patternlens.state()');

/** The pattern file in use. */
async function patternsOf(page: Page): Promise<PatternSet> {
  const bytes = await page.evaluate<number[]>(
    'patternlens.patterns().then((bytes) => Array.from(bytes))',
  );
  return readPatterns(bytesSource(Uint8Array.from(bytes)));
}

/** The largest relative L2 distance between the tensors of two sets. */
function distance(actual: PatternSet, expected: PatternSet): number {
  let largest = 0;
  expect([...actual.layers.keys()]).toEqual([...expected.layers.keys()]);
  for (const [layer, { directions }] of expected.layers)
    for (const [kind, { data }] of Object.entries(directions)) {
      const other = actual.layers.get(layer)!.directions[kind]!.data;
      let difference = 0,
        size = 0;
      data.forEach((value, at) => {
        difference += (other[at]! - value) ** 2;
        size += value ** 2;
      });
      largest = Math.max(largest, Math.sqrt(difference / size));
    }
  return largest;
}

const fitTo = async (page: Page, samples: number): Promise<void> => {
  await page.getByRole('spinbutton', { name: 'Samples to fit on' }).fill(String(samples));
  await page.getByRole('spinbutton', { name: 'Samples to fit on' }).press('Tab');
  await page.getByRole('button', { name: 'Fit patterns' }).click();
};

maybe('fitting in the page', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('gives the patterns of the command, and explains with them', async () => {
    const { page, check } = await site.open({ hash: '#view=fit&methods=pattern-attribution' });
    const before = await page.evaluate<number>(
      `Array.from(patternlens.relevance('pattern-attribution').data).reduce((a, b) => a + b)`,
    );
    await fitTo(page, 64);
    await untilTrue(page, `patternlens.state().fit.status === 'done'`);
    await page.evaluate('patternlens.idle()');
    expect((await stateOf(page)).fit).toMatchObject({ done: 64, total: 64 });
    expect((await stateOf(page)).model.patterns).toEqual({ samples: 64, source: 'fitted here' });
    const folder = mkdtempSync(join(tmpdir(), 'patternlens-fit-'));
    const out = join(folder, 'p.safetensors');
    execFileSync(
      process.execPath,
      [CLI, 'fit', 'default', '--data', 'generated:seed=7', '--limit', '64', '--out', out],
      { stdio: 'ignore' },
    );
    const expected = await readPatterns(bytesSource(readFileSync(out)));
    rmSync(folder, { recursive: true });
    expect(distance(await patternsOf(page), expected)).toBeLessThan(1e-4);
    const after = await page.evaluate<number>(
      `Array.from(patternlens.relevance('pattern-attribution').data).reduce((a, b) => a + b)`,
    );
    expect(after).not.toBe(before);
    check();
    await page.context().close();
  }, 90_000);

  it('pauses, goes on, and is stopped for what it has seen', async () => {
    const { page, check } = await site.open({ hash: '#view=fit&methods=gradient' });
    await fitTo(page, 5000);
    await untilTrue(page, `patternlens.state().fit.done > 100`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await untilTrue(page, `patternlens.state().fit.status === 'paused'`);
    // What is paused does not run.
    await page.evaluate('patternlens.idle()');
    // It is the worker of the fit that goes on, whatever backend is chosen in the meantime.
    await page.evaluate(`location.hash = location.hash.replace('tfjs:wasm', 'reference')`);
    await untilTrue(page, `patternlens.state().methods[0].backend === 'reference'`);
    await page.getByRole('button', { name: 'Resume' }).click();
    await untilTrue(page, `patternlens.state().fit.status === 'running'`);
    const { done } = (await stateOf(page)).fit;
    await untilTrue(page, `patternlens.state().fit.done > ${done + 16}`);
    await page.getByRole('button', { name: 'Stop and use' }).click();
    await untilTrue(page, `patternlens.state().fit.status === 'cancelled'`);
    const { fit, model } = await stateOf(page);
    expect(model.patterns.source).toBe('fitted here');
    expect(model.patterns.samples).toBe(fit.done);
    expect(fit.done).toBeLessThan(5000);
    // What was stopped is kept, and offered.
    await page.getByRole('button', { name: 'Go on with it' }).waitFor();
    check();
    await page.context().close();
  }, 60_000);

  it('starts anew after a fit that was stopped while it was paused', async () => {
    const { page, check } = await site.open({ hash: '#view=fit&methods=gradient' });
    await fitTo(page, 5000);
    await untilTrue(page, `patternlens.state().fit.done > 0`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByRole('button', { name: 'Stop and use' }).click();
    await untilTrue(page, `patternlens.state().fit.status === 'cancelled'`);
    await fitTo(page, 32);
    await untilTrue(page, `patternlens.state().fit.status === 'done'`);
    check();
    await page.context().close();
  }, 60_000);

  it('follows relevance through the layers: its sum stays where every rule keeps it', async () => {
    const { page, check } = await site.open({ hash: '#view=layers&methods=lrp-z-plus,gradient' });
    await page.getByRole('button', { name: 'LRP-z+' }).click();
    const strip = page.getByRole('list', { name: 'Layers from the output to the input' });
    await strip.getByText('conv1', { exact: true }).waitFor();
    const sums = (await strip.locator('p.below').allInnerTexts()).map((text) =>
      Number(/sum (\S+)/.exec(text)![1]!.replace('−', '-')),
    );
    const { explained } = await page.evaluate<{ explained: number }>(
      'patternlens.state().methods[0]',
    );
    // Every layer but the last, whose bias takes its part, gets what the one above it sends.
    expect(sums[0]).toBeCloseTo(explained, 1);
    for (const sum of sums.slice(2)) expect(Math.abs(sum - sums[1]!)).toBeLessThan(0.1);
    check();
    await page.context().close();
  }, 60_000);
});
