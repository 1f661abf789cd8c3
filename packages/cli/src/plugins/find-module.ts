import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

type Exports = string | { readonly [condition: string]: Exports } | null | undefined;

/** What a package's `exports` mean by its own name to an import in Node. */
function mainOf(exports: Exports): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  if ('.' in exports) return mainOf(exports['.']);
  for (const [condition, value] of Object.entries(exports)) {
    if (!['node', 'import', 'module-sync', 'default'].includes(condition)) continue;
    const found = mainOf(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function packageMain(folder: string): string | undefined {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const { exports, main = 'index.js' } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    exports?: Exports;
    main?: string;
  };
  const file = join(folder, exports === undefined ? main : (mainOf(exports) ?? ''));
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

const isPath = (name: string): boolean => /^(\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\])/.test(name);

/** The file that a name means to an import in the current folder: a path, or a package; undefined where there is none. */
export function findModule(name: string, cwd = process.cwd()): string | undefined {
  if (isPath(name)) {
    const path = resolve(cwd, name);
    if (!existsSync(path)) return undefined;
    return statSync(path).isDirectory() ? packageMain(path) : path;
  }
  const require = createRequire(join(cwd, 'package.json'));
  for (const folder of require.resolve.paths(name) ?? []) {
    const found = packageMain(join(folder, name));
    if (found !== undefined) return found;
  }
  try {
    // A package's part (NAME/plugin), or the package that the current folder is in, by its own name.
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
