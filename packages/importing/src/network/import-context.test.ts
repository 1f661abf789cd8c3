import { tensor } from '@patternlens/core';
import { build } from '../layers/build.js';
import { contextOf, input, nodeOf } from '../testing/small-importer.js';
import { channelsFirst } from '../values/axis-order.js';

test('a value is brought into an order once, and back without a transpose', () => {
  const context = contextOf(input([4, 5, 3]));
  const [x] = context.inputs();
  const first = context.ordered(x!, channelsFirst(4));
  expect(context.ordered(x!, channelsFirst(4))).toEqual(first);
  expect(context.plain(first)).toEqual(x);
  const relu = context.layer(nodeOf('Relu', 'r'), 'rectifier', [first], {});
  expect(relu.shape).toEqual([{ batch: 1 }, 4, 5, 3]);
  const network = context.build(relu, 'y');
  expect(network.layers.map(({ name, output }) => [name, output])).toEqual([
    ['x/channels-first', 'x/channels-first'],
    ['r', 'r'],
    ['r/channels-last', 'y'],
  ]);
  expect(network.shapes.get('y')).toEqual([{ batch: 1 }, 4, 5, 3]);
});

test('the batch may stand anywhere in the model', () => {
  const context = contextOf(input([7, 2], [1, 0, 2]));
  const [x] = context.inputs();
  expect(x!.shape).toEqual([7, { batch: 1 }, 2]);
  const place = nodeOf('Add', 'a');
  const steps = { tensor: tensor([1, 2, 3, 4, 5, 6, 7], [7, 1, 1]) };
  const added = build.addConstant(context, place, x!, steps);
  expect(added.shape).toEqual([7, { batch: 1 }, 2]);
  const summed = build.reduce(context, place, added, 'sum', [0], place.part('squeeze'));
  expect(summed.shape).toEqual([{ batch: 1 }, 2]);
  expect(summed.order).toEqual([0, 1]);
  expect(() => build.reduce(context, place, added, 'sum', [1])).toThrow('over the batch');
  const network = context.build(summed, 'y');
  expect(network.layers[0]!.parameters).toEqual({
    value: { tensor: tensor([1, 2, 3, 4, 5, 6, 7], [7, 1]) },
  });
  expect(network.layers[1]!.attributes).toEqual({ axes: [1] });
});

test('what the output does not depend on is left out, and names are kept apart', () => {
  const context = contextOf(input([2]));
  const [x] = context.inputs();
  const place = nodeOf('Neg', 'x');
  context.layer(place, 'rectifier', [x!], {});
  const kept = context.layer(place, 'rectifier', [x!], {});
  expect(kept.name).toBe('x#3');
  expect(context.build(kept, 'x').layers.map(({ name }) => name)).toEqual(['x#3']);
  expect(() => context.build(x!, 'x')).toThrow('its output is its input');
});

test('weights that are no numbers are refused, naming the place and the entry', () => {
  const context = contextOf(input([2]));
  const [x] = context.inputs();
  const weights = { tensor: tensor([1, Number.NaN], [2]) };
  expect(() => build.scale(context, nodeOf('Mul', 'm'), x!, weights)).toThrow(
    '[small] Mul "m": value 1 of its weights is NaN',
  );
});
