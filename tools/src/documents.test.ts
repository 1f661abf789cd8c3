import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documents, programs, runnable } from './testing/documents.js';
import { importedBy, installedFor } from './testing/page-project.js';
import { readText, ROOT } from './testing/repository.js';
import { runNode, scratch } from './testing/run-node.js';

describe('code in documents', () => {
  test('every snippet is run, or says why not', () => {
    const unmarked = programs.filter(({ mark }) => !mark);
    expect(unmarked.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });

  test('snippets have names of their own', () => {
    const names = runnable.map(({ mark }) => mark!.text);
    expect(names).toEqual([...new Set(names)]);
    expect(names.length).toBeGreaterThan(5);
  });

  // They run in pack.test.ts, with what their page says to install.
  const followed = programs.filter(({ mark }) => mark && mark.kind !== 'not run');

  test.each(followed.map((snippet) => [`${snippet.file}:${snippet.line}`, snippet] as const))(
    '%s imports what its page says to install',
    (_name, snippet) => {
      const named = installedFor(snippet);
      expect({
        line: named !== undefined,
        missing: importedBy(snippet).filter((name) => !named?.includes(name)),
      }).toEqual({ line: true, missing: [] });
    },
  );
});

test('snippets are TypeScript, and strict', () => {
  expect(runnable.filter(({ language }) => language !== 'ts').map(({ file }) => file)).toEqual([]);
  const { folder, remove } = scratch();
  try {
    for (const { mark, code } of runnable)
      writeFileSync(join(folder, `${mark!.text}.mts`), `${code}\n`);
    const compilerOptions = {
      ...{ module: 'nodenext', target: 'es2022', lib: ['es2023', 'esnext.disposable', 'dom'] },
      ...{ strict: true, skipLibCheck: true, noEmit: true, types: ['node'] },
    };
    const settings = { compilerOptions, include: ['*.mts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const { status, stdout } = runNode([join(ROOT, 'node_modules/typescript/bin/tsc')], folder);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  } finally {
    remove();
  }
}, 120_000);

describe('links in documents', () => {
  /** The anchor that a heading gets: what is no letter, digit or dash goes, spaces become dashes. */
  const anchorOf = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replace(/ /g, '-');

  const links = documents.flatMap((file) => {
    const prose = readText(file).replace(/^```[\s\S]*?^```$/gm, '');
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((found) => ({ file, target: found[1]! }));
  });
  const inside = links.filter(({ target }) => !/^[a-z]+:/.test(target));

  test('lead to files and headings that are there', () => {
    const broken = inside.filter(({ file, target }) => {
      const [path, anchor] = target.split('#') as [string, string | undefined];
      const aim = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(ROOT, aim))) return true;
      if (anchor === undefined) return false;
      const headings = [...readText(aim).matchAll(/^#+ (.+)$/gm)].map((found) =>
        anchorOf(found[1]!),
      );
      return !headings.includes(anchor);
    });
    expect(broken.map(({ file, target }) => `${file}: ${target}`)).toEqual([]);
    expect(inside.length).toBeGreaterThan(10);
  });
});

describe('documents and code', () => {
  const quoted = (file: string): string[] =>
    [...readText(file).matchAll(/`([^`\n]+)`/g)].map((found) => found[1]!);

  /** Where a quoted path would be; undefined for what is no path of the repository. */
  function placeOf(text: string): string | undefined {
    if (/^(packages|tools|docs|examples)\/[\w./-]+$/.test(text)) return text;
    return /^(core|reference|adapter-onnx|data|heatmap|cli)\/src[\w./-]*$/.test(text)
      ? join('packages', text)
      : undefined;
  }

  test('files and folders that are named are there', () => {
    const named = documents.flatMap((file) =>
      quoted(file).flatMap((text) => {
        const place = placeOf(text);
        return place === undefined ? [] : [{ file, place }];
      }),
    );
    const missing = named.filter(({ place }) => !existsSync(join(ROOT, place)));
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  /** The entries of a table of records, by the indentation that formatting gives them. */
  const entriesOf = (file: string): string[] => {
    const text = readText(file);
    const table = text.slice(text.lastIndexOf('export const'));
    return [...table.matchAll(/^ {2}'?([\w-]+)'?[:,]/gm)].map((found) => found[1]!);
  };

  test.each([
    ['kind of layer', 'layers/kinds', ['layer-kinds.ts', 'linear/linear-kinds.ts']],
    ['primitive', 'program/primitives', ['primitives.ts', 'unary.ts', 'binary.ts']],
  ])('every %s stands on the page about the inside', (_what, folder, files) => {
    const words = new Set(quoted('docs/architecture.md').flatMap((text) => text.split(/[ ,]+/)));
    const entries = files.flatMap((file) => entriesOf(join('packages/core/src', folder, file)));
    expect(entries.filter((entry) => !words.has(entry))).toEqual([]);
    expect(entries.length).toBeGreaterThan(20);
  });
});
