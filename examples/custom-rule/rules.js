import { lrpRule } from '@patternlens/core/rules';

/** LRP-gamma (Montavon et al. 2019): `x (w + gamma w+) r / z`, with z of the same weights and bias.
 * A rule of the LRP family is data: what it does to inputs, weights and bias. */
export function lrpGamma(gamma = 0.25) {
  const favourPositive = (ops, value) =>
    ops.add(value, ops.mul(ops.scalar(gamma), ops.positivePart(value)));
  return lrpRule({
    name: 'lrp-gamma',
    branches: [
      {
        terms: [{ input: 'as-is', weights: favourPositive }],
        bias: favourPositive,
        factor: 1,
        epsilon: 0,
      },
    ],
  });
}

/** The w-squared rule (Montavon et al. 2017): relevance in proportion to the squared weights, whatever the input is.
 * Any other rule is a function of what came back, written with the same operations on every backend. */
export const wSquared = {
  name: 'w-squared',
  refuses: (layer) =>
    ['dense', 'convolution', 'transposed-convolution'].includes(layer.kind)
      ? undefined
      : 'the rule is for layers with weights',
  backward: ({ ops, inputs, linear }, r) => {
    const squares = ops.mul(linear.weights, linear.weights);
    const ones = ops.broadcast(ops.scalar(1), inputs[0].shape);
    const share = ops.safeDiv(r, linear.forward(ones, squares));
    return [linear.transpose(share, squares)];
  },
};
