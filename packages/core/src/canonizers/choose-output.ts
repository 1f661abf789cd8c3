import { nearestName } from '../errors/nearest-name.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { changeNetwork, type FileOutput, type Network } from '../network/network.js';
import { upTo } from './keep-explained.js';

/** The outputs of a network with the one that is explained, as its file has them, else as it has them itself. */
export const outputsOf = ({ fileOutputs, outputs, shapes }: Network): readonly FileOutput[] =>
  fileOutputs ??
  outputs.map((name, at) => ({ name, shape: shapes.get(name), explained: at === 0 }));

/** The name of the network's value that a name means: one of its outputs or values, else the value of the layer that is called so.
 * @throws PatternLensError `invalid-argument` with the nearest name. */
function valueNamed(network: Network, name: string): string {
  const { outputs, layers, shapes, fileOutputs = [] } = network;
  const listed = fileOutputs.find((output) => output.name === name);
  if (listed?.explained) return outputs[0]!;
  const isInput = network.inputs.some((input) => input.name === name);
  if (outputs.includes(name) || (shapes.has(name) && !isInput)) return name;
  const layer = layers.find((candidate) => candidate.name === name);
  if (layer) return layer.output;
  const nearest = nearestName(name, [
    ...outputs,
    ...layers.flatMap((one) => [one.output, one.name]),
  ]);
  throw new PatternLensError(
    'core',
    'invalid-argument',
    listed
      ? `output "${name}" was not read with the network. Name it where the model is read: { output: '${name}' }.`
      : `there is no output, value or layer "${name}". ${nearest === undefined ? `Outputs: ${outputs.join(', ')}.` : `Did you mean "${nearest}"?`}`,
    { layer: name },
  );
}

/** The part of a network that leads to one of its values, by the name of an output, a value or a layer: it becomes what is explained.
 * @throws PatternLensError `invalid-argument` with the nearest name. */
export function chooseOutput(network: Network, name: string): Network {
  const value = valueNamed(network, name);
  if (value === network.outputs[0]) return network;
  const outputs = outputsOf(network).map((output) => ({ ...output, explained: false }));
  const at = outputs.findIndex((output) => output.name === name);
  const chosen = { name, shape: network.shapes.get(value), explained: true };
  return {
    ...changeNetwork(upTo(network, value), { changes: [`"${name}" is explained`] }),
    fileOutputs: at < 0 ? [...outputs, chosen] : outputs.with(at, chosen),
  };
}
