import { createExplainer, tensor, type Explanation } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import {
  kinds,
  lrpRule,
  named,
  type Composite,
  type Modifier,
  type Rule,
} from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';

const dense = (name: string, input: string, weights: readonly number[], inputs: number): Layer => ({
  kind: 'dense',
  name,
  inputs: [input],
  output: name,
  attributes: {},
  parameters: { weights: { tensor: tensor(weights, [weights.length / inputs, inputs]) } },
});

/** `a = (x1 + 2 x2, 3 x1 - x2)`, `b = a1 + a2`. */
const network = createNetwork({
  inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
  outputs: ['b'],
  layers: [dense('a', 'x', [1, 2, 3, -1], 2), dense('b', 'a', [1, 1], 2)],
});

const wSquared: Rule = {
  name: 'w-squared',
  backward: ({ ops, inputs, linear }, r) => {
    const squares = ops.mul(linear!.weights, linear!.weights);
    const ones = ops.broadcast(ops.scalar(1), inputs[0]!.shape);
    return [linear!.transpose(ops.safeDiv(r, linear!.forward(ones, squares)), squares)];
  },
};

const favourPositive: Modifier = (ops, value) => ops.add(value, ops.positivePart(value));
const gamma1 = lrpRule({
  name: 'gamma-1',
  branches: [
    {
      terms: [{ input: 'as-is', weights: favourPositive }],
      bias: favourPositive,
      factor: 1,
      epsilon: 0,
    },
  ],
});

const explain = async (composite?: Composite): Promise<Explanation> => {
  const explainer = await createExplainer(network, {
    backend: referenceBackend(),
    method: 'lrp-0',
    composite,
  });
  return explainer.explain(tensor([2, 1], [1, 2]));
};

const relevanceOf = ({ relevanceByInput }: Explanation): number[] =>
  Array.from(relevanceByInput['x']!.data);

describe("rules of one's own", () => {
  it('stand before those of the method, layer by layer', async () => {
    // a = (4, 5), b = 9: lrp-0 gives a's neurons 4 and 5, w-squared divides them 1 : 4 and 9 : 1.
    const [first, second] = relevanceOf(await explain([[named('a'), wSquared]]));
    expect(first).toBeCloseTo(4 / 5 + (5 * 9) / 10, 12);
    expect(second).toBeCloseTo((4 * 4) / 5 + 5 / 10, 12);
  });

  it('are data in the LRP family, with modifiers as functions', async () => {
    // Weights of a: (2, 4) and (6, -1), so x w = (4, 4) of 8 and (12, -1) of 11; b's weights are doubled, which changes no share.
    const [first, second] = relevanceOf(await explain([[kinds('dense'), gamma1]]));
    expect(first).toBeCloseTo((4 * 4) / 8 + (5 * 12) / 11, 12);
    expect(second).toBeCloseTo((4 * 4) / 8 - 5 / 11, 12);
  });

  it('are named in the recipe, once each', async () => {
    const composite: Composite = [
      [named('a'), wSquared],
      [named('b'), gamma1],
      [kinds('scale'), wSquared],
    ];
    expect((await explain(composite)).recipe.rules).toEqual(['w-squared', 'gamma-1']);
    expect((await explain()).recipe).not.toHaveProperty('rules');
  });

  it('give something for every input, of its shape', async () => {
    const lost: Rule = { name: 'lost', backward: () => [] };
    await expect(explain([[named('a'), lost]])).rejects.toMatchObject({
      code: 'invalid-shape',
      subject: { layer: 'a' },
    });
  });
});
