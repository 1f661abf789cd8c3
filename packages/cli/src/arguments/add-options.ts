import { Option as CommanderOption, type Command } from 'commander';
import type { Option, OptionTable, Typed, Values } from './option.js';

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

function commanderOption({ flags, description, fallback, repeated: again }: Option<unknown>) {
  const option = new CommanderOption(flags, description);
  if (fallback !== undefined) option.default(fallback);
  if (again) option.argParser(collect);
  return option;
}

/** Adds a table's options to a command.
 * @returns what reads them from what was typed. */
export function addOptions<Options extends OptionTable>(
  command: Command,
  table: Options,
): () => Values<Options> {
  const readers = Object.entries(table).map(([name, option]) => {
    const added = commanderOption(option);
    command.addOption(added);
    return [name, option, added.attributeName()] as const;
  });
  return () => {
    const typed = command.opts<Record<string, Typed>>();
    return Object.fromEntries(
      readers.map(([name, { read }, attribute]) => [name, read(typed[attribute])]),
    ) as Values<Options>;
  };
}
