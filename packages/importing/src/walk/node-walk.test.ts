import { tensor } from '@patternlens/core';
import { contextOf, input, nodeOf, walkOf } from '../testing/small-importer.js';
import { constantValue } from '../values/values.js';

const two = constantValue({ tensor: tensor([2, 3], [2]) });

test('a node is computed where all that it reads is known, else it becomes a layer', () => {
  const context = contextOf(input([2]));
  const walk = walkOf(context);
  expect(walk.make(nodeOf('Neg', 'n', [two]))).toMatchObject({
    kind: 'constant',
    tensor: { data: new Float64Array([-2, -3]) },
  });
  const made = walk.make(nodeOf('Mul', 'm', [walk.values.get('x'), two]));
  expect(made).toMatchObject({ kind: 'runtime', name: 'm' });
});

test('an operator that is called like a part of every object is none', () => {
  const walk = walkOf(contextOf(input([2])));
  expect(() => walk.make(nodeOf('constructor', 'n', [two]))).toThrow('constructor "n"');
});

test('constants that are computed are counted against what the file stores', () => {
  const walk = walkOf(contextOf(input([2])), 4);
  const neg = () => walk.make(nodeOf('Neg', 'n', [two]));
  // What shares its numbers takes no memory of its own.
  for (let use = 0; use < 9; use++) walk.make(nodeOf('Identity', 'i', [two]));
  neg();
  neg();
  expect(neg).toThrow('far larger than what it stores');
  walk.store('w', two);
  expect(neg).not.toThrow();
});
