import { rolldown } from 'rolldown';

const CORE = '@patternlens/core';
const ENTRY = '\0doors';

const behind = (id, name) => id === name || id.startsWith(`${name}/`);

/** One module that exports what all doors export.
 * Core is imported by its name alone, whichever door a source file asks for: a page has one file of core, and so one instance. */
const doorsInOne = (sources, isCore) => ({
  name: 'doors-in-one',
  resolveId(id) {
    if (id === ENTRY) return id;
    return !isCore && behind(id, CORE) ? { id: CORE, external: true } : null;
  },
  load: (id) =>
    id === ENTRY
      ? sources.map((source) => `export * from ${JSON.stringify(source)};`).join('\n')
      : null,
});

/** Bundles the doors of a package, with everything that they import but core and peers.
 * @param sources The source files of the doors.
 * @param peers Packages that the page brings itself, if it has them.
 * @returns The code, its source map, and the files that it is made of. */
export async function bundleDoors({ sources, name, isCore, peers }) {
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'browser',
    tsconfig: false,
    external: (id) => peers.some((peer) => behind(id, peer)),
    resolve: { conditionNames: ['@patternlens/source', 'browser', 'import', 'default'] },
    transform: { target: 'es2022' },
    plugins: [doorsInOne(sources, isCore)],
    // What cannot be found would become an import that no page resolves.
    onLog(level, log) {
      throw new Error(`${name}: ${level}: ${log.message}`);
    },
  });
  const { output } = await bundle.generate({
    format: 'esm',
    dir: 'dist/browser',
    entryFileNames: name,
    codeSplitting: false,
    minify: true,
    sourcemap: true,
  });
  await bundle.close();
  const [chunk] = output;
  const map = JSON.parse(chunk.map.toString());
  // The sources themselves are in the packages.
  delete map.sourcesContent;
  return { code: chunk.code, map: JSON.stringify(map), modules: Object.keys(chunk.modules) };
}
