import { suggestion } from '@patternlens/core';
import type { Command } from 'commander';

const UNKNOWN = /unknown option '-{1,2}([^'=]+)[^']*'/;

/** A complaint about an option, with the option that was meant: of the whole command's, however it was typed. */
export function withMeantOption(complaint: string, command: Command): string {
  const [found, typed] = UNKNOWN.exec(complaint) ?? [];
  if (found === undefined || typed === undefined) return complaint;
  const known = command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => (long == null ? [] : [long]));
  const meant = suggestion(`--${typed}`, known);
  return `${complaint.split('\n')[0]!.trimEnd()}\n(${meant})\n`;
}
