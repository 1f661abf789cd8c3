/** An axis of an input: its size, free, or the batch, which is not asked for. */
export type AskedAxis = number | 'free' | 'batch';

/** An input that leaves axes free. */
export interface AskedInput {
  readonly input: string;
  readonly axes: readonly AskedAxis[];
}

/** The remedy of an importer's error: `--shape x=3,SIZE,SIZE`, the batch first unless it says `N`. */
const REMEDY = /--shape .*=((?:\d+|N|SIZE)(?:,(?:\d+|N|SIZE))*)\.$/;

const AXES: Readonly<Record<string, AskedAxis>> = { SIZE: 'free', N: 'batch' };

/** The axes that an importer asks for; undefined where its error is about something else. */
export function freeAxes(input: string | undefined, sentence: string): AskedInput | undefined {
  const words = REMEDY.exec(sentence)?.[1];
  if (input === undefined || words === undefined) return undefined;
  return { input, axes: words.split(',').map((word) => AXES[word] ?? Number(word)) };
}

/** Sizes as they are given to an importer. */
export const boundShape = (
  axes: readonly AskedAxis[],
  sizes: readonly number[],
): readonly (number | 'N')[] =>
  axes.map((axis, at) => (axis === 'batch' ? 'N' : axis === 'free' ? sizes[at]! : axis));
