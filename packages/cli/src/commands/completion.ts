import { suggestion } from '@patternlens/core';
import { SHELL } from '../arguments/positional.js';
import { UsageError } from '../arguments/usage-error.js';
import { SHELLS, type Shell } from '../completion/known-values.js';
import { defineCommand } from './command.js';

const isShell = (name: string): name is Shell => (SHELLS as readonly string[]).includes(name);

export const completion = defineCommand({
  takes: [SHELL],
  options: {},
  examples: ['patternlens completion bash'],
  run: async (_run, shell) => {
    if (!isShell(shell))
      throw new UsageError(
        `completion: there is no script for "${shell}". ${suggestion(shell, SHELLS)}`,
      );
    const { printShellScript } = await import('../completion/shell-script.js');
    printShellScript(shell);
  },
});
