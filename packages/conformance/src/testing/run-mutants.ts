import type { Tensor, TensorRecord } from '@patternlens/core';
import type { Executable, Program } from '@patternlens/core/backend';
import type { Faults } from './line-by-line.js';
import { mapped, type Mutant } from './mutant.js';

const records = (values: TensorRecord, change: (value: Tensor, name: string) => Tensor) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));

/** A fault in what a run does beside the program. */
const inRun = (wrong: (run: Executable['run'], program: Program) => Executable['run']): Faults => ({
  executable: (executable, program) => ({ ...executable, run: wrong(executable.run, program) }),
});

/** Constants that are only added are zeros. */
function withoutBiases(program: Program): Program {
  const readers = program.instructions.map(() => new Set<string>());
  for (const { operation, operands } of program.instructions)
    for (const operand of operands) readers[operand]!.add(operation.kind);
  return {
    ...program,
    instructions: program.instructions.map((line, at) => {
      if (line.operation.kind !== 'constant' || [...readers[at]!].join() !== 'add') return line;
      return {
        ...line,
        operation: { kind: 'constant', value: mapped(line.operation.value, () => 0) },
      };
    }),
  };
}

/** Sums of y are taken over firing samples only. */
function firingSamplesOnly(program: Program): Program {
  const { instructions } = program;
  const instead = new Map<number, number>();
  for (const { name, value } of program.outputs) {
    const [first] = instructions[value]!.operands;
    if (!name.startsWith('sums:') || instructions[value]!.operation.kind !== 'concat') continue;
    const sum = instructions[first!]!.operands[0]!;
    const [centred] = instructions[sum]!.operands;
    const gated = instructions.findIndex(
      ({ operation, operands }) => operation.kind === 'mul' && operands[0] === centred,
    );
    instead.set(sum, gated);
  }
  return {
    ...program,
    instructions: instructions.map((line, at) => {
      const gated = instead.get(at);
      return gated === undefined ? line : { ...line, operands: [gated] };
    }),
  };
}

/** Faults that do not belong to one primitive. */
export const runMutants: readonly Mutant[] = [
  {
    name: 'biases that are dropped',
    faults: { program: withoutBiases },
    groups: ['rule'],
    subjects: ['dense', 'convolution', 'convolution, grouped', 'transposed-convolution', 'scale'],
    named: / on (?!.*without bias)/,
  },
  {
    name: 'moments with the mean of y over firing samples',
    faults: { program: firingSamplesOnly },
    groups: ['fit', 'invariant'],
    subjects: ['fitting patterns', 'known truth'],
    named: /^patterns /,
  },
  {
    name: 'a sample that leaks into those behind it',
    faults: inRun(
      (run) => async (inputs) =>
        records(await run(inputs), (value) => {
          const each = value.data.length / (value.shape[0] ?? 1);
          return mapped(value, (entry, at) =>
            at < each ? entry : entry + 1e-3 * value.data[at % each]!,
          );
        }),
    ),
    groups: ['invariant'],
    subjects: ['batches'],
    named: /batch|known|at once|recovered|formula|w'a|sums to/,
  },
  {
    name: 'a run that adds to what the run before left',
    faults: inRun((run) => {
      let before: TensorRecord = {};
      return async (inputs) => {
        const results = await run(inputs);
        const wrong = records(results, (value, name) =>
          before[name]?.data.length === value.data.length
            ? mapped(value, (entry, at) => entry + 1e-3 * before[name]!.data[at]!)
            : value,
        );
        before = results;
        return wrong;
      };
    }),
    groups: ['invariant'],
    subjects: ['runs'],
    named: /run|batch|written into|inputs|w'a|recovered|formula/,
  },
  {
    name: 'results that are handed out in the same memory',
    faults: inRun((run) => {
      const memory = new Map<string, Tensor>();
      return async (inputs) =>
        records(await run(inputs), (value, name) => {
          const known = memory.get(name);
          if (known?.shape.join() !== value.shape.join()) {
            memory.set(name, value);
            return value;
          }
          known.data.set(value.data);
          return known;
        });
    }),
    groups: ['invariant'],
    subjects: ['runs'],
    named: /results stay/,
  },
  {
    name: 'results that are kept for inputs of the same shape',
    faults: inRun((run) => {
      const seen = new Map<string, Promise<TensorRecord>>();
      return (inputs) => {
        const key = Object.values(inputs)
          .map(({ shape }) => shape.join())
          .join(';');
        const made = seen.get(key) ?? run(inputs);
        seen.set(key, made);
        return made;
      };
    }),
    groups: ['invariant'],
    subjects: ['batches', 'runs'],
    named: /batch|run|at once|written into|w'a|recovered|formula|sums to/,
  },
  {
    name: 'inputs that are written into',
    faults: inRun((run) => async (inputs) => {
      const results = await run(inputs);
      for (const { data } of Object.values(inputs)) data[0] = 0.5;
      return results;
    }),
    groups: ['invariant'],
    subjects: ['data'],
    named: /inputs|batch|known|recovered|formula|w'a/,
  },
  {
    name: 'an exponent that is ignored',
    faults: inRun(
      (run) => async (inputs) =>
        records(await run(inputs), (value, name) =>
          name === 'exponent' ? mapped(value, () => 0) : value,
        ),
    ),
    groups: ['method'],
    subjects: ['pattern-net'],
    named: /with an exponent/,
  },
  {
    name: 'what is disposed of runs on',
    faults: {
      executable: (executable) => ({ ...executable, dispose: () => Promise.resolve() }),
    },
    groups: ['invariant'],
    subjects: ['memory'],
    named: /what is disposed of does not run/,
  },
  {
    name: 'a missing input that is taken for zeros',
    faults: inRun(
      (run, program) => (inputs) =>
        run({
          ...Object.fromEntries(
            program.inputs.map(({ name, value }) => {
              const shape = program.instructions[value]!.shape.map((dim) =>
                typeof dim === 'number' ? dim : 2,
              );
              const length = shape.reduce((total, size) => total * size, 1);
              return [name, { data: new Float32Array(length), shape }];
            }),
          ),
          ...inputs,
        }),
    ),
    groups: ['invariant'],
    subjects: ['data'],
    named: /a missing input is refused/,
  },
  {
    name: 'outputs that are plain lists',
    faults: inRun(
      (run) => async (inputs) =>
        records(await run(inputs), ({ data, shape }) => ({
          data: Array.from(data) as unknown as Float32Array,
          shape,
        })),
    ),
    groups: ['invariant'],
    subjects: ['data'],
    named: /./,
  },
];
