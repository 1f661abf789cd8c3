import type { Layer } from '@patternlens/core/network';

/** The layers that a value depends on. */
export function prunedLayers(layers: readonly Layer[], output: string): Layer[] {
  const needed = new Set([output]);
  const kept: Layer[] = [];
  for (const layer of [...layers].reverse()) {
    if (!needed.has(layer.output)) continue;
    for (const input of layer.inputs) needed.add(input);
    kept.push(layer);
  }
  return kept.reverse();
}

/** The layers with a value under another name. */
export function renamedValue(layers: readonly Layer[], from: string, to: string): Layer[] {
  const rename = (value: string): string => (value === from ? to : value);
  return layers.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map(rename),
    output: rename(layer.output),
  }));
}
