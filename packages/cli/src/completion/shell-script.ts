import { script, ShellCompDirective } from '@bomb.sh/tab';
import type { Completion } from './complete-words.js';
import type { Shell } from './known-values.js';

/** What the library's script for bash leaves out: paths where nothing else fits, and words with a colon in them, which bash
 * takes apart. */
const BASH_TOO = `
__patternlens_complete_all() {
    __patternlens_complete
    local cur
    _get_comp_words_by_ref -n "=:" cur
    __ltrim_colon_completions "$cur"
}
complete -o default -F __patternlens_complete_all patternlens
`;

/** Writes what makes a shell complete the command to stdout. */
export function printShellScript(shell: Shell): void {
  script(shell, 'patternlens', 'patternlens');
  if (shell === 'bash') console.log(BASH_TOO);
}

/** An answer in the form that the scripts read: a candidate a line, and whether paths may stand there too. */
export function answerOf({ candidates, files }: Completion): string {
  const { ShellCompDirectiveDefault, ShellCompDirectiveNoFileComp } = ShellCompDirective;
  const lines = candidates.map(({ value, description = '' }) => `${value}\t${description}`);
  return [...lines, `:${files ? ShellCompDirectiveDefault : ShellCompDirectiveNoFileComp}`].join(
    '\n',
  );
}
