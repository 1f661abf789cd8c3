import type { AppState, OpenedModel } from '../state/app-state.js';
import { className } from './target.js';

/** Something of the output that can be explained. */
export interface Offered {
  /** As the target is written: `3`, `channel:3`. */
  readonly target: string;
  readonly name: string;
  readonly value: number;
  readonly index: number;
}

/** The axis of the output's channels, and how often each stands there: 1 for plain classes. */
function outputLayout({ facts }: OpenedModel): { channels: number; inner: number; outer: number } {
  const sizes = facts.outputShape.slice(1).map(Number);
  const product = (of: readonly number[]): number => of.reduce((all, size) => all * size, 1);
  if (sizes.length < 2) return { channels: sizes[0] ?? 1, inner: 1, outer: 1 };
  // Channels are at axis 1, as the core counts them; TensorFlow.js has them last.
  return facts.format === 'tfjs'
    ? { channels: sizes.at(-1)!, inner: 1, outer: product(sizes.slice(0, -1)) }
    : { channels: sizes[0]!, inner: product(sizes.slice(1)), outer: 1 };
}

/** All that the output offers, strongest first: classes, or channels, whose values are summed over their positions. */
export function offeredClasses(state: AppState): readonly Offered[] {
  const model = state.model.value;
  const output = state.output.value;
  if (!model || !output) return [];
  const { channels, inner, outer } = outputLayout(model);
  const { data } = output.value;
  const hasPlaces = data.length > channels;
  return Array.from({ length: channels }, (_, index): Offered => {
    let value = 0;
    for (let before = 0; before < outer; before++)
      for (let behind = 0; behind < inner; behind++)
        value += data[(before * channels + index) * inner + behind]!;
    const target = hasPlaces ? `channel:${index}` : String(index);
    const name = hasPlaces
      ? (model.labels?.[index] ?? `channel ${index}`)
      : className(model, index);
    return { target, name, value, index };
  }).sort((a, b) => b.value - a.value);
}

/** Which of them is explained. */
export function isExplained(state: AppState, { target, index }: Offered, rank: number): boolean {
  const text = state.target.value;
  if (text === target) return true;
  if (text === 'top') return rank === 0 && !target.startsWith('channel');
  return state.model.value?.labels?.indexOf(text) === index && !/^\d+$/.test(text);
}

/** Explains the class before or behind the current one, by score. */
export function stepClass(state: AppState, by: number): void {
  const all = offeredClasses(state);
  if (all.length === 0) return;
  const at = all.findIndex((each, rank) => isExplained(state, each, rank));
  const next = at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by));
  if (next !== at) state.target.value = all[next]!.target;
}
