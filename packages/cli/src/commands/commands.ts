import type { Command } from 'commander';
import {
  MAYBE_SOURCES,
  MODEL,
  PATTERN_FILES,
  SHELL,
  SOURCES,
  type Positional,
} from '../arguments/positional.js';
import type { Terminal } from '../output/terminal.js';
import type { LoadedCommand } from './command.js';

interface CommandEntry<Takes extends readonly Positional[] = readonly Positional[]> {
  /** What the command takes, for the list of commands. */
  readonly takes: Takes;
  readonly description: string;
  readonly load: () => Promise<LoadedCommand<Takes>>;
}

/** An entry of the list, whose command takes what the list says. */
const entry = <const Takes extends readonly Positional[]>(
  listed: CommandEntry<Takes>,
): CommandEntry => listed;

/** All commands. What a command works with is loaded when it is asked for, so that the list of them is there at once. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  demo: entry({
    takes: [],
    description:
      'the main job on the bundled network: fit patterns, explain samples with methods of every family, draw a sheet',
    load: async () => (await import('./demo.js')).demo,
  }),
  toy: entry({
    takes: [],
    description: 'the toy models of the paper: numbers beside their closed forms, and a figure',
    load: async () => (await import('./toy.js')).toy,
  }),
  inspect: entry({
    takes: [MODEL],
    description: 'what is in a model, and which methods it can be explained with',
    load: async () => (await import('./inspect.js')).inspect,
  }),
  fit: entry({
    takes: [MODEL],
    description: 'fit the patterns of a network on data',
    load: async () => (await import('./fit.js')).fit,
  }),
  merge: entry({
    takes: [PATTERN_FILES],
    description: 'join the moments of several fits, as if they had been one',
    load: async () => (await import('./merge.js')).merge,
  }),
  explain: entry({
    takes: [MODEL, MAYBE_SOURCES],
    description: 'explain samples: pictures and raw numbers, one a sample and method',
    load: async () => (await import('./explain.js')).explain,
  }),
  activations: entry({
    takes: [MODEL, SOURCES],
    description: 'find the samples that excite feature maps most, and project them back',
    load: async () => (await import('./activations.js')).activations,
  }),
  occlusion: entry({
    takes: [MODEL, SOURCES],
    description:
      'slide a grey square over images, and draw what it does to a feature map and the classes',
    load: async () => (await import('./occlusion.js')).occlusion,
  }),
  export: entry({
    takes: [MODEL],
    description: 'save a whole explanation as one ONNX file that any ONNX Runtime can run',
    load: async () => (await import('./export.js')).exportExplainer,
  }),
  bench: entry({
    takes: [MODEL, MAYBE_SOURCES],
    description:
      'time methods against the plain forward pass, and compare them with the float64 reference',
    load: async () => (await import('./bench.js')).bench,
  }),
  evaluate: entry({
    takes: [MODEL, MAYBE_SOURCES],
    description: 'measure signal estimators and methods: tables and charts',
    load: async () => (await import('./evaluate.js')).evaluate,
  }),
  completion: entry({
    takes: [SHELL],
    description: 'print what makes a shell complete commands, options and their values',
    load: async () => (await import('./completion.js')).completion,
  }),
};

/** Adds all commands: whole where the arguments name them, else only for the list. */
export async function addCommands(
  program: Command,
  terminal: Terminal,
  argv: readonly string[],
): Promise<void> {
  for (const [name, { takes, description, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(description);
    if (argv.includes(name)) (await load()).addTo(command, terminal);
    else for (const { syntax } of takes) command.argument(syntax);
  }
}
