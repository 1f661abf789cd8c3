import { existsSync, readFileSync } from 'node:fs';

/** Packages in which arrows between files are still being mended: what is wrong there is told, and doesn't fail. */
const NOT_YET = ['core', 'adapter-onnx', 'adapter-tfjs', 'cli', 'importing'];

const LAYERS = new URL('packages/core/layers.json', import.meta.url);

/** Folders of core, from bottom to top; none where the order is not written down. */
const layers = existsSync(LAYERS) ? JSON.parse(readFileSync(LAYERS, 'utf8')) : [];

const notYet = `^packages/(${NOT_YET.join('|')})/`;
const cycle = { circular: true };

export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files that import each other can be neither read nor changed one at a time.',
      severity: 'error',
      from: { pathNot: notYet },
      to: cycle,
    },
    {
      name: 'no-cycle-yet',
      comment: 'A cycle in a package that is still being put in order.',
      severity: 'info',
      from: { path: notYet },
      to: cycle,
    },
    // From each folder of core to one above it.
    ...layers.slice(0, -1).map((folder, at) => ({
      name: `core-${folder}-imports-upwards`,
      comment: `packages/core/layers.json lists the folders of core from bottom to top: ${folder} stands below.`,
      severity: 'error',
      from: { path: `^packages/core/src/${folder}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^packages/core/src/(${layers.slice(at + 1).join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out-tsc|node_modules)/' },
    // An import of a type is an arrow too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@patternlens/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
