const project = ['src/**/*.ts!'];
/** Environments are named in the first line of a test, for Jest. */
const environments = { project, entry: ['src/testing/*-environment.js'] };

/** Files and exports that nobody imports. What packages offer in `exports` of their manifests is used: by others. */
export default {
  include: ['files', 'exports', 'types'],
  workspaces: {
    '.': { entry: ['*.config.js', 'jest.projects.js'], project: ['*.js'] },
    'packages/*': { project },
    'packages/adapter-onnx': environments,
    'packages/adapter-tfjs': environments,
    'apps/benchmark': {
      project,
      entry: [
        // Pages, and what scripts take from the built package.
        'src/page/main.ts!',
        'src/browser/{main,conformance,driven}.ts!',
        'src/chromium/{build-pages,run-in-chromium,conformance-in-chromium}.ts!',
      ],
    },
    'apps/explorer': {
      project: ['src/**/*.ts!', 'scripts/*.js!'],
      entry: [
        'src/main.ts!',
        'src/{compute/worker,share/picture-worker}.ts!',
        // The one-file page: what it has in place of other modules is named in scripts/offline-config.js.
        'src/offline/*.ts!',
        'sw.js!',
        'scripts/build.js!',
      ],
    },
    tools: {
      project: ['src/**/*.ts!', 'scripts/**/*.js!'],
      entry: [
        'scripts/*.js!',
        'generators/*/generator.js!',
        'src/{reproduce,onnx-tests}/index.ts!',
      ],
    },
    'examples/*': { entry: ['*.js!'], project: ['**/*.js!'] },
  },
};
