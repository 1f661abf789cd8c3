import { styleText } from 'node:util';
import { EXIT } from './exit.js';

/** Where the command writes: data to stdout, everything else to stderr. */
export interface Terminal {
  /** A line of data. */
  readonly data: (text: string) => void;
  /** A line for people. */
  readonly say: (text: string) => void;
  /** stderr is a terminal that people look at: bars move there. */
  readonly live: boolean;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly stream: NodeJS.WriteStream;
}

/** A reader that has seen enough, as `head` has, is no error; a disk that is full is. */
function endQuietly({ stdout, stderr }: typeof process): void {
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    stderr.write(`patternlens: the output can't be written: ${message}\n`);
    process.exitCode = EXIT.failed;
  });
  stderr.on('error', () => undefined);
}

/** The process's own streams. Colours are left out where NO_COLOR is set, or nobody looks. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  endQuietly(process);
  const coloured = (stream: NodeJS.WriteStream): boolean =>
    stream.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  const style = (format: 'bold' | 'dim') => (text: string) =>
    coloured(stdout) ? styleText(format, text) : text;
  return {
    data: (text) => stdout.write(`${text}\n`),
    say: (text) => stderr.write(`${text}\n`),
    live: stderr.isTTY,
    bold: style('bold'),
    dim: style('dim'),
    stream: stderr,
  };
}
