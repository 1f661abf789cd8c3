import { defineLinearRule } from '@patternlens/core/rules';
import { BATCH, sizeOf } from '@patternlens/core/tensor';

/** LRP-epsilon whose epsilon is a share of the size of the layer's values, `epsilon = share * sqrt(mean(z^2))` of each sample
 * (Montavon et al. 2019, in the code that goes with it): the layer's scale does not change what it does. */
export const lrpRelative = defineLinearRule({
  id: 'lrp-relative',
  parameters: { share: { default: 0.25, above: 0 } },
  backward: ({ ops, inputs, linear, output: z }, r, { share }) => {
    const size = sizeOf(z.shape.slice(1));
    const squares = ops.reshape(ops.mul(z, z), [BATCH, size]);
    const mean = ops.mul(ops.reduceSum(squares, [1]), ops.scalar(1 / size));
    const ones = z.shape.slice(1).map(() => 1);
    const epsilon = ops.mul(ops.reshape(ops.sqrt(mean), [BATCH, ...ones]), ops.scalar(share));
    const isUp = ops.compare(z, 'greaterOrEqual', ops.scalar(0));
    const stable = ops.select(isUp, ops.add(z, epsilon), ops.sub(z, epsilon));
    const shares = ops.safeDiv(r, stable);
    return ops.mul(inputs[0], linear.transpose(shares, linear.weights));
  },
});
