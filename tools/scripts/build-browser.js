// Builds a package as one module for pages without a bundler: dist/browser/NAME.js, its source map, its types, and the licences of what is in it.
// Usage, in the folder of the package: node ../../tools/scripts/build-browser.js
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleDoors } from './browser/bundle-doors.js';
import { licencesOf } from './browser/licences-of.js';

const folder = process.cwd();
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
/** Doors of the package that a page may use. What needs Node is behind the door `./node`. */
const doors = Object.entries(manifest.exports).filter(
  ([door, target]) => door !== './node' && target['@patternlens/source'] !== undefined,
);

const name = `${basename(folder)}.js`;
const { code, map, modules } = await bundleDoors({
  sources: doors.map(([, target]) => join(folder, target['@patternlens/source'])),
  name,
  isCore: manifest.name === '@patternlens/core',
  peers: Object.keys(manifest.peerDependencies ?? {}),
});

const out = join(folder, 'dist/browser');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(join(out, name), code);
writeFileSync(join(out, `${name}.map`), map);
const types = doors.map(([, target]) => `export * from '${target.types.replace('./dist', '..')}';`);
writeFileSync(join(out, name.replace(/js$/, 'd.ts')), `${types.join('\n')}\n`);
const licences = licencesOf(modules);
if (licences !== '') writeFileSync(join(out, 'licences.txt'), licences);
