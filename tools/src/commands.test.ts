import { join } from 'node:path';
import { METHODS } from '@patternlens/core';
import { snippets } from './testing/documents.js';
import { readText, ROOT } from './testing/repository.js';
import { runNode } from './testing/run-node.js';

/** What a command takes, as its help says. */
interface Help {
  /** Whether an option takes a value, by its name. */
  readonly options: ReadonlyMap<string, boolean>;
  readonly least: number;
  readonly greatest: number;
}

function helpOf(command: string): Help {
  const { status, stdout } = runNode(
    [join(ROOT, 'packages/cli/bin/patternlens.js'), command, '--help'],
    ROOT,
  );
  if (status !== 0) throw new Error(`patternlens has no command "${command}".`);
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)( <)?/gm)];
  const usage = /^Usage: patternlens \w+ \[options\](.*)$/m.exec(stdout)![1]!;
  const places = usage.split(' ').filter(Boolean);
  return {
    options: new Map(options.map(([, name, value]) => [name!, value !== undefined])),
    least: places.filter((place) => place.startsWith('<')).length,
    greatest: places.some((place) => place.includes('...')) ? Infinity : places.length,
  };
}

const helps = new Map<string, Help>();
const knownHelp = (command: string): Help => {
  const help = helps.get(command) ?? helpOf(command);
  helps.set(command, help);
  return help;
};

const lines = snippets
  .filter(({ language }) => language === 'sh')
  .flatMap(({ file, line, code }) =>
    code
      .split('\n')
      .map((text, at) => [text.trim(), `${file}:${line + 1 + at}`] as const)
      .filter(([text]) => text.startsWith('patternlens ')),
  );

/** What is wrong with the methods of a `--method` option. */
function unknownMethods(value: string): string[] {
  const known = new Map<string, string[]>(
    METHODS.map((method) => [method.id, Object.keys(method.parameters)]),
  );
  return value.split(',').flatMap((choice) => {
    const [id, setting] = choice.split(':') as [string, string | undefined];
    const parameters = known.get(id);
    if (id === 'all') return [];
    if (!parameters) return [`there is no method ${id}`];
    const name = setting?.split('=')[0];
    return name === undefined || parameters.includes(name) ? [] : [`${id} has no ${name}`];
  });
}

function faultsOf(text: string): string[] {
  const [, command, ...words] = text.split(/\s+/) as [string, string, ...string[]];
  const { options, least, greatest } = knownHelp(command);
  const faults: string[] = [];
  let places = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '#') break;
    if (!word.startsWith('--')) {
      places++;
      continue;
    }
    const takesValue = options.get(word);
    if (takesValue === undefined) faults.push(`${command} has no option ${word}`);
    if (takesValue !== true) continue;
    const value = words[++at];
    if (value === undefined || value.startsWith('--')) faults.push(`${word} has no value`);
    else if (word === '--method') faults.push(...unknownMethods(value));
  }
  if (places < least || places > greatest) faults.push(`${places} arguments for ${command}`);
  return faults;
}

test.each(lines)('%s (%s)', (text) => {
  expect(faultsOf(text)).toEqual([]);
});

test('there are commands to look at', () => {
  expect(lines.length).toBeGreaterThan(8);
});

/** What a document's table of methods says. */
const listedIn = (document: string): { id: string; group: string; start: string }[] =>
  [...readText(document).matchAll(/^\| (`[^|]+`) +\| (\w+) +\| (1|the logit) +\|/gm)].flatMap(
    ([, ids, group, start]) =>
      [...ids!.matchAll(/`([^`]+)`/g)].map(([, id]) => ({
        id: id!,
        group: group!,
        start: start === '1' ? 'one' : 'value',
      })),
  );

const known = METHODS.map(({ id, group, start }) => ({ id, group, start }));

test('the table of methods is that of the code', () => {
  const listed = listedIn('docs/methods.md');
  expect(listed).toHaveLength(METHODS.length);
  expect(listed).toEqual(expect.arrayContaining(known));
});

test('the short table of methods says nothing else', () => {
  const listed = listedIn('README.md');
  expect(listed.length).toBeGreaterThan(9);
  expect(known).toEqual(expect.arrayContaining(listed));
});

test('every code of an error is explained', () => {
  const codes = /type ErrorCode =([^;]+);/.exec(
    readText('packages/core/src/errors/patternlens-error.ts'),
  )![1]!;
  const names = [...codes.matchAll(/'([a-z-]+)'/g)].map((found) => found[1]!);
  const page = readText('packages/core/README.md');
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  expect(names.length).toBeGreaterThan(10);
});
