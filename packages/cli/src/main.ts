import { Command, CommanderError } from 'commander';
import { messageOf, PatternLensError } from '@patternlens/core';
import { benchCommand } from './commands/bench.js';
import { demoCommand } from './commands/demo.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { fitCommand } from './commands/fit.js';
import { inspectCommand } from './commands/inspect.js';
import { mergeCommand } from './commands/merge.js';
import { EXIT, exitCodeOf, GateError } from './output/exit-code.js';
import { processTerminal } from './output/terminal.js';

const VERSION = '0.1.0';

/** The command line: reads arguments, runs one command, and leaves its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  const program = new Command('patternlens')
    .description('Explains what neural networks decide.')
    .version(VERSION)
    .option('--debug', 'show where in the program an error came from')
    .showSuggestionAfterError()
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: /, 'patternlens: '));
      },
    })
    .exitOverride();
  for (const add of [
    demoCommand,
    inspectCommand,
    fitCommand,
    mergeCommand,
    explainCommand,
    exportCommand,
    benchCommand,
  ])
    add(program, terminal);
  for (const command of program.commands)
    command.exitOverride().option('--debug', 'show where in the program an error came from');
  try {
    await program.parseAsync([...argv]);
  } catch (thrown) {
    process.exitCode = report(thrown, argv.includes('--debug'), terminal.say);
  }
}

/** Says what went wrong, and gives the exit code for it. */
function report(thrown: unknown, debug: boolean, say: (text: string) => void): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    say('patternlens: interrupted.');
    return EXIT.interrupted;
  }
  const message =
    thrown instanceof PatternLensError || thrown instanceof GateError
      ? thrown.message.replace(/^\[[a-z-]+\] /, '')
      : `unexpected error: ${messageOf(thrown)}`;
  say(`patternlens: ${message}`);
  if (debug && thrown instanceof Error) say(thrown.stack ?? '');
  return exitCodeOf(thrown);
}
