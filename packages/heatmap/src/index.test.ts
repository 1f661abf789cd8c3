import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a source file imports, and what its imports import. */
function importsOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const source = readFileSync(file, 'utf8');
  for (const [, name] of source.matchAll(/from '([^']+)'/g)) {
    const path = join(dirname(file), name!.replace(/\.js$/, '.ts'));
    const found = name!.startsWith('.') && existsSync(path) ? path : name!;
    if (seen.has(found)) continue;
    seen.add(found);
    if (found === path) importsOf(path, seen);
  }
  return seen;
}

describe('the main entry', () => {
  const imported = [...importsOf(join(__dirname, 'index.ts'))];

  it('runs in a page: it imports nothing of Node', () => {
    expect(imported.filter((name) => !name.startsWith('/')).sort()).toEqual([
      '@patternlens/core',
      '@patternlens/core/metrics',
      '@patternlens/core/network',
      '@patternlens/core/neurons',
      '@patternlens/core/tensor',
      '@resvg/resvg-wasm',
      'd3-scale',
      'fast-png',
    ]);
  });

  it('reaches every source file but the entries of Node and of pages', () => {
    const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(__dirname, name));
    const reached = [join(__dirname, 'index.ts'), ...imported];
    expect(sources.filter((file) => !reached.includes(file))).toEqual(
      ['node.ts', 'page.ts'].map((name) => join(__dirname, name)),
    );
  });
});
