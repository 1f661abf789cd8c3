import { METHODS } from '@patternlens/core';
import { PREPROCESSING_PRESET_IDS } from '@patternlens/data';
import { Command } from 'commander';
import { addCommands, COMMANDS } from '../commands/commands.js';
import { processTerminal } from '../output/terminal.js';
import { completeWords } from './complete-words.js';

const terminal = processTerminal();

/** What is offered behind `patternlens`, the last word being typed. */
async function offered(...words: string[]): Promise<{ values: string[]; files: boolean }> {
  const program = new Command('patternlens');
  await addCommands(program, terminal, words);
  const { candidates, files } = await completeWords(program, words);
  return { values: candidates.map(({ value }) => value), files };
}

test('commands, and options of a command', async () => {
  expect(await offered('')).toEqual({ values: [...Object.keys(COMMANDS), 'help'], files: false });
  expect((await offered('ex')).values).toEqual(['explain', 'export']);
  expect((await offered('explain', 'm.onnx', '--pre')).values).toEqual(['--preprocess']);
  expect((await offered('inspect', 'm.onnx', '--j')).values).toEqual(['--json']);
});

test('values that are known by name; of a list the last', async () => {
  const methods = METHODS.map(({ id }) => id);
  expect((await offered('explain', 'm', '--method', '')).values).toEqual([...methods, 'all']);
  expect((await offered('explain', 'm', '--method', 'gradient,lrp-e')).values).toEqual([
    'gradient,lrp-epsilon',
  ]);
  expect((await offered('explain', 'm', '--method=pattern-n')).values).toEqual(['pattern-net']);
  expect((await offered('fit', 'm', '--backend', 'onnx')).values).toEqual([
    'onnx:node',
    'onnx:wasm',
  ]);
  expect((await offered('bench', 'm', '--backend', 'onnx:node,al')).values).toEqual([
    'onnx:node,all',
  ]);
  expect((await offered('fit', 'm', '--estimator', 't')).values).toEqual(['two-component']);
  expect((await offered('evaluate', 'm', '--metrics', 'qual')).values).toEqual(['quality']);
  expect(await offered('explain', 'm', '--preprocess', '')).toEqual({
    values: [...PREPROCESSING_PRESET_IDS],
    files: true,
  });
  expect((await offered('completion', '')).values).toEqual(['bash', 'zsh', 'fish']);
});

test('paths where a path is meant, and nowhere else', async () => {
  const files = { values: [], files: true };
  expect(await offered('explain', '')).toEqual(files);
  expect(await offered('explain', 'def')).toEqual({ values: ['default'], files: true });
  expect(await offered('explain', 'm', '--json', 'a.png', '')).toEqual(files);
  expect(await offered('explain', 'm', '--patterns', '')).toEqual(files);
  expect(await offered('explain', 'm', '--labels', 'l')).toEqual(files);
  expect(await offered('explain', 'm', '--plugin', '')).toEqual(files);
  expect(await offered('explain', 'm', '--output', '')).toEqual({ values: [], files: false });
  expect(await offered('explain', 'm', '--limit', '')).toEqual({ values: [], files: false });
  expect(await offered('inspect', 'm', '')).toEqual({ values: [], files: false });
});
