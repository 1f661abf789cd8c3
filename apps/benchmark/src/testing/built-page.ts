import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pageWithReport } from '../page/page-with-report.js';
import type { BenchmarkReport } from '../report/benchmark-report.js';

/** The page as Vite builds it, in a folder of its own. */
export interface BuiltPage {
  /** Bytes of the page without a report. */
  readonly size: number;
  /** Writes the page with a report, or null, in it. Gives its address. */
  write(report: BenchmarkReport | null): string;
  /** Writes a file beside the page. Gives its path. */
  file(name: string, text: string): string;
  [Symbol.dispose](): void;
}

/** Builds the page from its sources, in a process of its own: Vite is an ES module, Jest runs CommonJS. */
export function buildPage(app: string): BuiltPage {
  const folder = mkdtempSync(join(tmpdir(), 'patternlens-page-'));
  const manifest = createRequire(join(app, 'package.json')).resolve('vite/package.json');
  execFileSync(
    process.execPath,
    [
      join(dirname(manifest), 'bin/vite.js'),
      'build',
      '--config',
      'vite.report.config.js',
      '--outDir',
      folder,
      '--logLevel',
      'error',
    ],
    { cwd: app, env: { ...process.env, NODE_ENV: 'production' } },
  );
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    size: Buffer.byteLength(page),
    write: (report) => pathToFileURL(file('shown.html', pageWithReport(page, report))).href,
    file,
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
