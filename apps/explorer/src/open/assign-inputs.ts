import { stemOf } from './given-file.js';

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

const holds = (stem: string, input: string): boolean =>
  stem === input || stem.startsWith(`${input}-`) || stem.endsWith(`-${input}`);

/** Files of the inputs of a model of several, by the input's name in the file's: `state.npy`, `x_image.npy`. Inputs that no file names, or several do, are left out. */
export function assignInputs(
  inputs: readonly string[],
  paths: readonly string[],
): ReadonlyMap<string, string> {
  const assigned = inputs.flatMap((input) => {
    const named = paths.filter((path) => holds(plain(stemOf(path)), plain(input)));
    const exact = named.filter((path) => plain(stemOf(path)) === plain(input));
    const [only, another] = exact.length > 0 ? exact : named;
    return only !== undefined && another === undefined ? [[input, only] as const] : [];
  });
  const used = assigned.map(([, path]) => path);
  return new Map(assigned.filter(([, path]) => used.indexOf(path) === used.lastIndexOf(path)));
}
