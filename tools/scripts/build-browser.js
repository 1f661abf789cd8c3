// Builds a package as one module for pages without a bundler: dist/browser/NAME.js, its source map, and the licences of what is in it.
// Usage, in the folder of the package: node ../../tools/scripts/build-browser.js
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleDoors } from './browser/bundle-doors.js';
import { licencesOf } from './browser/licences-of.js';

const folder = process.cwd();
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
/** Doors of the package that a page may use. What needs Node is behind the door `./node`. */
const doors = Object.entries(manifest.exports).flatMap(([door, target]) =>
  door === './node' ? [] : (target['@patternlens/source'] ?? []),
);

const name = `${basename(folder)}.js`;
const { code, map, modules } = await bundleDoors({
  sources: doors.map((source) => join(folder, source)),
  name,
  isCore: manifest.name === '@patternlens/core',
  peers: Object.keys(manifest.peerDependencies ?? {}),
});

const out = join(folder, 'dist/browser');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(join(out, name), code);
writeFileSync(join(out, `${name}.map`), map);
const licences = licencesOf(modules);
if (licences !== '') writeFileSync(join(out, 'licences.txt'), licences);
