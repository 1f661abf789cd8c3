import { UsageError } from './usage-error.js';

/** Which feature maps of a layer: listed ones, all, or those with the strongest activations over the data. */
export type ChannelChoice =
  | { readonly kind: 'listed'; readonly channels: readonly number[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'strongest'; readonly count: number };

function wrong(text: string): never {
  throw new UsageError(
    `--channels: expected numbers and ranges such as 0,5,10-12, all, or strongest:N, got "${text}".`,
  );
}

/** `0,5,10-12`, `all` or `strongest:N`; each feature map once, in the order given. */
export function parseChannels(text: string): ChannelChoice {
  if (text === 'all') return { kind: 'all' };
  const strongest = /^strongest:(\d+)$/.exec(text);
  if (strongest) {
    const count = Number(strongest[1]);
    return count > 0 ? { kind: 'strongest', count } : wrong(text);
  }
  const channels = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? wrong(text);
    const [from, to] = [Number(first), Number(last)];
    // Longer lists are no layer's.
    if (to < from || to - from > 1e6) wrong(text);
    for (let channel = from; channel <= to; channel++) channels.add(channel);
  }
  return { kind: 'listed', channels: [...channels] };
}

/** @throws UsageError where the layer has no such feature map, with the range that it has. */
export function checkChannels(choice: ChannelChoice, layer: string, count: number): void {
  if (choice.kind !== 'listed') return;
  const unknown = choice.channels.find((channel) => channel >= count);
  if (unknown !== undefined)
    throw new UsageError(
      `--channels: layer "${layer}" has no feature map ${unknown}. It has ${count}: 0 to ${count - 1}.`,
    );
}
