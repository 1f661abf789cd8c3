import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import ts from 'typescript-eslint';

const layer = (name, ...allowed) => ({
  sourceTag: `layer:${name}`,
  onlyDependOnLibsWithTags: allowed.map((tag) => `layer:${tag}`),
});

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      '**/out-tsc/**',
      '**/node_modules/**',
      '**/.nx/**',
      'benchmark/**',
      'demo/**',
      'reproduce/**',
      '.venv/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { '@nx': nx },
    rules: {
      // Indexing is checked by the compiler (noUncheckedIndexedAccess); kernels assert what loops guarantee.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allowCircularSelfDependency: true,
          // Commands load what is slow to load when they need it.
          checkDynamicDependenciesExceptions: ['.*'],
          depConstraints: [
            layer('core', 'core'),
            layer('reference', 'core'),
            layer('conformance', 'core', 'reference'),
            layer('core-tests', 'core', 'reference', 'conformance'),
            layer('importing', 'core'),
            layer('adapter', 'core', 'reference', 'conformance', 'core-tests', 'importing', 'data'),
            layer('rule', 'core', 'reference', 'conformance'),
            layer('data', 'core', 'reference', 'core-tests', 'data'),
            layer('heatmap', 'core'),
            layer('evaluate', 'core', 'reference', 'core-tests', 'data'),
            layer('explain', 'core', 'reference', 'adapter', 'data', 'heatmap'),
            layer('page', 'core', 'reference', 'adapter', 'data', 'heatmap'),
            layer(
              'benchmark',
              'core',
              'reference',
              'conformance',
              'adapter',
              'data',
              'heatmap',
              'page',
            ),
            layer(
              'explorer',
              'core',
              'reference',
              'adapter',
              'data',
              'evaluate',
              'heatmap',
              'page',
              'benchmark',
            ),
            layer(
              'cli',
              'core',
              'reference',
              'adapter',
              'data',
              'evaluate',
              'heatmap',
              'page',
              'benchmark',
              'explain',
            ),
            layer(
              'tool',
              'core',
              'reference',
              'conformance',
              'adapter',
              'data',
              'evaluate',
              'heatmap',
              'page',
              'benchmark',
              'explain',
              'cli',
            ),
            layer(
              'example',
              'core',
              'reference',
              'adapter',
              'data',
              'evaluate',
              'heatmap',
              'explain',
              'cli',
            ),
          ],
        },
      ],
    },
  },
  {
    // Lists of names only.
    files: ['**/src/index.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    // A page.
    files: ['examples/import-map/*.js'],
    languageOptions: {
      globals: { document: 'readonly', fetch: 'readonly', ImageData: 'readonly' },
    },
  },
  prettier,
);
