import { build, parameterOf, type RuntimeValue } from '@patternlens/importing';
import { NamedValue } from '../node-view.js';
import { named, type QuantisedNode } from './quantised-node.js';

/** What a node makes, and behind it the bias that it reads, if any.
 * @param make The value without the bias, under the given name where it has none yet. */
export function withBias(
  { node, context, ...q }: Pick<QuantisedNode, 'node' | 'context' | 'reads'>,
  biasAt: number,
  make: (output: string) => RuntimeValue,
): RuntimeValue {
  const output = node.outputs[0]!;
  const bias = q.reads[biasAt];
  if (bias === undefined) return named(context, node, make(output));
  if (bias.kind !== 'constant')
    return node.unsupported('its bias is computed when the network runs.');
  const value = make(`${output}:product`);
  const names = { kind: node.kind, name: node.name, layer: `${node.layer}/bias` };
  return build.addConstant(context, new NamedValue(names, () => output), value, parameterOf(bias));
}
