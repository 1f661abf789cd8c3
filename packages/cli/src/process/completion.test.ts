import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { refuse, succeed } from '../testing/run-cli.js';

jest.setTimeout(60_000);

const bin = resolve(__dirname, '../../bin/patternlens.js');

/** What bash offers for a line, its last word unfinished. Where the functions that bash has for this are not installed, they are
 * written out as they are documented. */
const IN_BASH = `
patternlens() { "$NODE" "$BIN" "$@"; }
_get_comp_words_by_ref() { cur=\${LINE[-1]}; words=("\${LINE[@]}"); cword=$((\${#LINE[@]} - 1)); }
__ltrim_colon_completions() {
  local colon=\${1%"\${1##*:}"} at
  [[ $1 == *:* ]] && for at in "\${!COMPREPLY[@]}"; do COMPREPLY[at]=\${COMPREPLY[at]#"$colon"}; done
}
compopt() { :; }
eval "$SCRIPT"
read -ra LINE <<< "$TYPED"
__patternlens_complete_all
printf '%s\\n' "\${COMPREPLY[@]}"
complete -p patternlens`;

test('the script for bash offers what the command knows', async () => {
  const { stdout: script } = await succeed(['completion', 'bash']);
  const inBash = (line: string): string[] => {
    const env = { ...process.env, SCRIPT: script, NODE: process.execPath, BIN: bin, TYPED: line };
    const { stdout, stderr, status } = spawnSync('bash', ['-c', IN_BASH], { env });
    expect([String(stderr), status]).toEqual(['', 0]);
    return String(stdout).trim().split('\n');
  };
  const asked = 'complete -o default -F __patternlens_complete_all patternlens';
  expect(inBash('patternlens explain m.onnx --method gradient,lrp-e')).toEqual([
    'gradient,lrp-epsilon',
    asked,
  ]);
  // Bash puts the word behind a colon in place of the last part only.
  expect(inBash('patternlens fit m.onnx --backend onnx:')).toEqual(['node', 'wasm', asked]);
});

test.each(['zsh', 'fish'])('there is a script for %s', async (shell) => {
  const { stdout } = await succeed(['completion', shell]);
  expect(stdout).toContain('patternlens complete -- ');
  expect(stdout).toContain(shell === 'zsh' ? '#compdef patternlens' : 'complete -c patternlens');
});

test('a shell that there is none for is named', async () => {
  await refuse(['completion', 'zhs'], 2, ['"zhs"', 'Did you mean "zsh"?']);
});
