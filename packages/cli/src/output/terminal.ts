import { styleText } from 'node:util';

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

/** The process's own streams. Colours are left out where NO_COLOR is set, or nobody looks. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
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
