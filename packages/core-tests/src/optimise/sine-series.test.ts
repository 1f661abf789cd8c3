import { tensor } from '@patternlens/core';
import { optimise, ProgramBuilder } from '@patternlens/core/backend';
import { referenceBackend } from '@patternlens/reference';

const numbers = [0, 0.5, 1, Math.PI / 2, 3, Math.PI, 4, 5.5, 6.3, 31.4, 1000].flatMap((x) => [
  x,
  -x,
]);

test.each(['sin', 'cos'] as const)(
  '%s as a series is right, in sums and products only',
  async (kind) => {
    const ops = new ProgramBuilder();
    const x = ops.input('x', [{ batch: 1 }]);
    ops.output('y', ops.apply({ kind }, x));
    const program = optimise(ops.build(), { sinesAsSeries: true });
    const kinds = new Set(program.instructions.map(({ operation }) => operation.kind));
    expect([...kinds].sort()).toEqual(['add', 'constant', 'floor', 'input', 'mul', 'sub']);
    await using executable = await referenceBackend().compile(program);
    const { y } = await executable.run({ x: tensor(Float64Array.from(numbers), [numbers.length]) });
    numbers.forEach((value, at) => {
      expect(Math.abs(y!.data[at]! - Math[kind](value))).toBeLessThan(6e-8);
    });
    if (kind === 'sin') expect(y!.data[0]).toBe(0);
  },
);
