import type { CustomAttributes } from '../layers/kinds/custom.js';
import { checkClash } from './check-clashes.js';
import { checkFunction } from './check-part.js';
import { checkedPlugins, partsOf } from './checked-plugins.js';
import type { AddLayer, ForeignNode, LayerImport, LayerValue } from './define-layer.js';
import { guarded } from './plugin-errors.js';
import type { Plugin } from './plugin.js';

/** A part with the plug-in, `NAME@VERSION`, that it comes from. */
interface Owned<P> {
  readonly plugin: string;
  readonly part: P;
}

/** Layers of plug-ins, by the name of the operator in the framework's files. */
export type LayerImports = ReadonlyMap<string, Owned<LayerImport>>;

/** What plug-ins bring for one framework, by the name of the operator.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does, and where the importer has one of the operators itself. */
export function layerImports(
  framework: ForeignNode['framework'],
  builtIn: readonly string[],
  given: readonly Plugin[] | undefined,
): LayerImports {
  const plugins = checkedPlugins(given);
  const prefix = `${framework}:`;
  const known = builtIn.map((name) => prefix + name);
  checkClash('operator', known, plugins, (plugin) =>
    plugin.layers.flatMap(({ operators }) => operators),
  );
  const layers = partsOf(
    plugins,
    (plugin) => plugin.layers,
    (plugin, part) => part.operators.map((name) => [name, { plugin, part }] as const),
  ).flat();
  const ours = layers.filter(([name]) => name.startsWith(prefix));
  return new Map(ours.map(([name, found]) => [name.slice(prefix.length), found]));
}

/** The attributes of a kind of its own, checked, with errors that name the plug-in. */
function customAttributes(
  plugin: string,
  id: string,
  attributes: Partial<CustomAttributes>,
): CustomAttributes {
  const what = `layer "${id}"`;
  checkFunction(what, 'forward', attributes.forward);
  checkFunction(what, 'gradient', attributes.gradient);
  const { forward, gradient, options } = attributes as CustomAttributes;
  const { type = id } = attributes;
  return {
    type,
    ...(options && { options }),
    forward: guarded(plugin, what, forward),
    gradient: guarded(plugin, what, gradient),
  };
}

/** Lets a plug-in make layers of a node.
 * @throws PatternLensError naming the plug-in and its layer. */
export function importNode(
  { plugin, part }: Owned<LayerImport>,
  node: ForeignNode,
  addLayer: AddLayer,
): LayerValue {
  const known = new Set(node.inputs.filter((value) => value !== undefined));
  const add: AddLayer = (kind, inputs, attributes, parameters) => {
    for (const input of inputs)
      if (!input || !known.has(input))
        throw new TypeError(`a "${kind}" layer reads a value that is not one of the node's.`);
    const checked =
      kind === 'custom'
        ? (customAttributes(plugin, part.id, attributes as CustomAttributes) as typeof attributes)
        : attributes;
    const value = addLayer(kind, inputs, checked, parameters);
    known.add(value);
    return value;
  };
  return guarded(plugin, `layer "${part.id}"`, () => {
    const made = part.make(node, add) as LayerValue | undefined;
    if (made && known.has(made)) return made;
    throw new TypeError('make must return a value: one that it got of add, or one of its inputs.');
  })();
}
