// Prints what tests depend on outside the repository: an input of the target `test` (nx.json), so that a cached result is
// that of the same data, the same browser, and the same Python. It looks at names, sizes and times, never into the data.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const data = new URL('../../../shared/data/', import.meta.url).pathname;

/** Every file under a folder with its size and time, in order; nothing where there is no such folder. */
function filesUnder(folder) {
  const entries = statSync(folder, { throwIfNoEntry: false })
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(path);
      return `${path} ${size} ${mtimeMs}`;
    })
    .sort();
}

/** The first program of these names on the path, and its file's size and time: another version is another file. */
function programOf(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const place of names.flatMap((name) =>
    name.includes('/') ? [name] : folders.map((folder) => join(folder, name)),
  )) {
    const found = statSync(place, { throwIfNoEntry: false });
    if (found) return `${realpathSync(place)} ${found.size} ${found.mtimeMs}`;
  }
  return 'none';
}

/** Versions of the modules that tests compare with; the reason where Python does not have them. */
function pythonModules(python) {
  const versions = ['numpy, onnx, onnxruntime, safetensors', 'PIL'].map((modules) => {
    const code = `import ${modules}; print(*(module.__version__ for module in (${modules},)))`;
    const { status, stdout } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : 'none';
  });
  return versions.join('; ');
}

const { PATTERNLENS_CHROMIUM, CHROMIUM_PATH, PATTERNLENS_PYTHON } = process.env;
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
console.log(
  JSON.stringify({
    node: process.version,
    machine: `${process.platform} ${process.arch}`,
    data: createHash('sha256').update(filesUnder(data).join('\n')).digest('hex'),
    chromium: programOf([PATTERNLENS_CHROMIUM, CHROMIUM_PATH].filter(Boolean).concat(browsers)),
    python: pythonModules(PATTERNLENS_PYTHON ?? 'python3'),
  }),
);
