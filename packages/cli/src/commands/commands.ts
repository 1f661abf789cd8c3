import type { Command } from 'commander';
import type { Terminal } from '../output/terminal.js';

/** Adds a command with its arguments and options. */
type AddCommand = (program: Command, terminal: Terminal) => void;

interface CommandEntry {
  /** As the list of commands shows them. */
  readonly takes: readonly string[];
  readonly description: string;
  readonly load: () => Promise<AddCommand>;
}

/** All commands. What a command works with is loaded when it is asked for, so that the list of them is there at once. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  demo: {
    takes: [],
    description:
      'the main job on the bundled network: fit patterns, explain samples with methods of every family, draw a sheet',
    load: async () => (await import('./demo.js')).demoCommand,
  },
  toy: {
    takes: [],
    description: 'the toy models of the paper: numbers beside their closed forms, and a figure',
    load: async () => (await import('./toy.js')).toyCommand,
  },
  inspect: {
    takes: ['<MODEL>'],
    description: 'what is in a model, and which methods it can be explained with',
    load: async () => (await import('./inspect.js')).inspectCommand,
  },
  fit: {
    takes: ['<MODEL>'],
    description: 'fit the patterns of a network on data',
    load: async () => (await import('./fit.js')).fitCommand,
  },
  merge: {
    takes: ['<FILE...>'],
    description: 'join the moments of several fits, as if they had been one',
    load: async () => (await import('./merge.js')).mergeCommand,
  },
  explain: {
    takes: ['<MODEL>', '[SOURCE...]'],
    description: 'explain samples: pictures and raw numbers, one a sample and method',
    load: async () => (await import('./explain.js')).explainCommand,
  },
  activations: {
    takes: ['<MODEL>', '<SOURCE...>'],
    description: 'find the samples that excite feature maps most, and project them back',
    load: async () => (await import('./activations.js')).activationsCommand,
  },
  occlusion: {
    takes: ['<MODEL>', '<SOURCE...>'],
    description:
      'slide a grey square over images, and draw what it does to a feature map and the classes',
    load: async () => (await import('./occlusion.js')).occlusionCommand,
  },
  export: {
    takes: ['<MODEL>'],
    description: 'save a whole explanation as one ONNX file that any ONNX Runtime can run',
    load: async () => (await import('./export.js')).exportCommand,
  },
  bench: {
    takes: ['<MODEL>', '[SOURCE...]'],
    description:
      'time methods against the plain forward pass, and compare them with the float64 reference',
    load: async () => (await import('./bench.js')).benchCommand,
  },
  evaluate: {
    takes: ['<MODEL>', '[SOURCE...]'],
    description: 'measure signal estimators and methods: tables and charts',
    load: async () => (await import('./evaluate.js')).evaluateCommand,
  },
};

/** Adds all commands: whole where the arguments name them, else only for the list. */
export async function addCommands(
  program: Command,
  terminal: Terminal,
  argv: readonly string[],
): Promise<void> {
  for (const [name, { takes, description, load }] of Object.entries(COMMANDS)) {
    if (argv.includes(name)) (await load())(program, terminal);
    else program.command([name, ...takes].join(' '));
    program.commands.at(-1)!.description(description);
  }
}
