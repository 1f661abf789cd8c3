import type { Command, Option } from 'commander';
import { knownValues, type KnownValues } from './known-values.js';

/** What may stand where the cursor is. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Paths may stand there too: the shell completes them where no candidate fits. */
  readonly files: boolean;
}

interface Candidate {
  readonly value: string;
  readonly description?: string;
}

const NOTHING: Completion = { candidates: [], files: false };

const takesValue = ({ required, optional }: Option): boolean => required || optional;

/** Options whose values are names or paths. */
const NAMES_OR_PATHS = ['--plugin', '--preprocess'];

const isPath = (placeholder: string): boolean => /FILE|DIR|MODEL|SOURCE/.test(placeholder);

const starting = (text: string, candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter(({ value }) => value.startsWith(text));

/** Of a list, the last piece is completed. What stands there by itself may be a path, which comes first where nothing is typed. */
function ofValues(known: KnownValues | undefined, current: string, files: boolean): Completion {
  if (!known || (files && current === '' && known.values.length === 1))
    return { candidates: [], files };
  const before = known.isList ? current.slice(0, current.lastIndexOf(',') + 1) : '';
  const candidates = known.values.map((value) => ({ value: before + value }));
  return { candidates: starting(current, candidates), files };
}

async function ofOption(command: string, option: Option, current: string): Promise<Completion> {
  const { flags } = option;
  const long = option.long ?? '';
  const known = await knownValues(command, long);
  return ofValues(known, current, isPath(flags) || NAMES_OR_PATHS.includes(long));
}

const optionsOf = (command: Command, current: string): Completion => ({
  candidates: starting(
    current,
    command
      .createHelp()
      .visibleOptions(command)
      .flatMap(({ long, description }) => (long == null ? [] : [{ value: long, description }])),
  ),
  files: false,
});

/** The words of a command that are neither options nor their values. */
function positionalsOf(words: readonly string[], named: (word: string) => Option | undefined) {
  const positionals: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const option = named(words[at]!);
    if (option && takesValue(option)) at++;
    else if (!words[at]!.startsWith('-')) positionals.push(words[at]!);
  }
  return positionals;
}

/** What may stand in place of the last of the words behind the program's name. Commands that they name have to be whole. */
export async function completeWords(
  program: Command,
  words: readonly string[],
): Promise<Completion> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const at = before.findIndex((word) => program.commands.some((one) => one.name() === word));
  const command = program.commands.find((one) => one.name() === before[at]);
  if (!command) {
    if (current.startsWith('-')) return optionsOf(program, current);
    const commands = program
      .createHelp()
      .visibleCommands(program)
      .map((one) => ({ value: one.name(), description: one.description() }));
    return { candidates: starting(current, commands), files: false };
  }
  const name = command.name();
  const named = (word: string): Option | undefined =>
    command.options.find(({ long, short }) => long === word || short === word);
  const [typed, value] = current.split(/=(.*)/s) as [string, string?];
  const assigned = value === undefined ? undefined : named(typed);
  // Shells put what stands before the equals sign back by themselves.
  if (assigned) return ofOption(name, assigned, value!);
  const last = before.length > at + 1 ? named(before.at(-1)!) : undefined;
  if (last && takesValue(last)) return ofOption(name, last, current);
  if (current.startsWith('-')) return optionsOf(command, current);
  const { registeredArguments } = command;
  const given = positionalsOf(before.slice(at + 1), named).length;
  const argument =
    registeredArguments[given] ?? registeredArguments.filter(({ variadic }) => variadic).at(-1);
  if (!argument) return NOTHING;
  return ofValues(await knownValues(name, argument.name()), current, isPath(argument.name()));
}
