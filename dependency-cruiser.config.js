import { readFileSync } from 'node:fs';

const LAYERS = new URL('packages/core/layers.json', import.meta.url);

/** Folders of core, from bottom to top. */
const layers = JSON.parse(readFileSync(LAYERS, 'utf8'));

export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files that import each other can be neither read nor changed one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
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
