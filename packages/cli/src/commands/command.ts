import type { Command } from 'commander';
import { addOptions } from '../arguments/add-options.js';
import type { OptionTable, Values } from '../arguments/option.js';
import type { Given, Positional } from '../arguments/positional.js';
import type { Terminal } from '../output/terminal.js';
import { CommandRun } from '../run/command-run.js';

interface CommandDefinition<Takes extends readonly Positional[], Options extends OptionTable> {
  /** What stands behind its name. */
  readonly takes: Takes;
  readonly options: Options;
  /** Lines that work as they stand. */
  readonly examples: readonly string[];
  /** Does its work; the run is closed behind it. */
  readonly run: (run: CommandRun<Values<Options>>, ...given: Given<Takes>) => Promise<void>;
}

/** A command that was loaded. */
export interface LoadedCommand<Takes extends readonly Positional[] = readonly Positional[]> {
  readonly takes: Takes;
  /** Adds its arguments, options, help and work to a command that has its name. */
  readonly addTo: (command: Command, terminal: Terminal) => void;
}

/** A command from its arguments, its options and its work. */
export function defineCommand<
  const Takes extends readonly Positional[],
  const Options extends OptionTable,
>({ takes, options, examples, run }: CommandDefinition<Takes, Options>): LoadedCommand<Takes> {
  return {
    takes,
    addTo: (command, terminal) => {
      for (const { syntax, description } of takes) command.argument(syntax, description);
      const read = addOptions(command, options);
      const lines = examples.map((example) => `  ${example}`);
      command.addHelpText('after', ['\nExample:', ...lines].join('\n'));
      command.action(async () => {
        await using opened = new CommandRun(read(), terminal);
        await run(opened, ...(command.processedArgs as unknown as Given<Takes>));
      });
    },
  };
}
