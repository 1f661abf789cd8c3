import { Command, CommanderError } from 'commander';
import { addCommands } from './commands/commands.js';
import { withMeantOption } from './output/unknown-option.js';
import { EXIT } from './output/exit.js';
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
        write(text.replace('error: ', 'patternlens: '));
      },
    })
    .exitOverride();
  await addCommands(program, terminal, argv);
  for (const command of program.commands)
    command
      .exitOverride()
      .option('--debug', 'show where in the program an error came from')
      .configureOutput({
        outputError: (text, write) => {
          write(withMeantOption(text.replace('error: ', 'patternlens: '), command));
        },
      });
  // What the scripts of completion ask, at every press of a key: it is no command for people.
  if (argv[2] === 'complete' && argv[3] === '--') {
    const { completeWords } = await import('./completion/complete-words.js');
    const { answerOf } = await import('./completion/shell-script.js');
    terminal.data(answerOf(await completeWords(program, argv.slice(4))));
    return;
  }
  try {
    await program.parseAsync([...argv]);
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
      return;
    }
    const { reportError } = await import('./output/report-error.js');
    process.exitCode = reportError(thrown, argv.includes('--debug'), terminal.say);
    // While the event loop is taken apart nobody hears a signal, so another interrupt would end the process by the signal, not with its exit code.
    if (process.exitCode === EXIT.interrupted) process.exit();
  }
}
