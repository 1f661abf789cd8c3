import { readText, writtenFiles } from './testing/repository.js';

/** Files that an addition of the kind touches, but for its conformance case, its tests and the documents. */
const sources = writtenFiles().filter(
  (file) =>
    /^(packages|apps|tools|examples)\/.*\.ts$/.test(file) &&
    !file.endsWith('.test.ts') &&
    !file.startsWith('packages/conformance/'),
);

/** Files that name one of these, but for those that only compute with it (`ops.NAME`). */
const filesNaming = (...names: readonly string[]): string[] => {
  const word = new RegExp(`(?<!\\bops\\.)\\b(${names.join('|')})\\b`);
  return sources.filter((file) => word.test(readText(file)));
};

/** What is known of an operator stands in one record: a name that spreads over the repository says that it no longer does. */
describe('an addition touches few files', () => {
  test.each([
    {
      what: 'a primitive',
      names: ['oneHot'],
      record: 'packages/core/src/program/primitives/one-hot.ts',
      table: 'packages/core/src/program/primitives/primitives.ts',
      limit: 9,
    },
    {
      what: 'a kind of layer',
      names: ['local-response-normalisation', 'localResponseNormalisation'],
      record: 'packages/core/src/layers/kinds/local-response-normalisation.ts',
      table: 'packages/core/src/layers/kinds/layer-kinds.ts',
      limit: 6,
    },
  ])('$what: at most $limit', ({ names, record, table, limit }) => {
    const files = filesNaming(...names);
    expect(files).toEqual(expect.arrayContaining([record, table]));
    expect(files.slice(limit)).toEqual([]);
  });
});
