import { METHODS } from '@patternlens/core';
import { fittedEstimators } from '@patternlens/core/patterns';
import { PREPROCESSING_PRESET_IDS } from '@patternlens/data';
import { BACKEND_IDS, runsHere } from '@patternlens/explain/node';

/** Values of an option or an argument that are known by name. */
export interface KnownValues {
  readonly values: readonly string[];
  /** Several may stand one behind the other, with commas. */
  readonly isList?: true;
}

const listed = (values: readonly string[]): KnownValues => ({ values, isList: true });

const methods = METHODS.map(({ id }) => id);
const backends = BACKEND_IDS.filter(runsHere);

/** By an option's long name; an option that a command understands in another way stands under both names. */
const VALUES: Readonly<Record<string, () => Promise<KnownValues> | KnownValues>> = {
  '--method': () => listed([...methods, 'all']),
  '--backend': () => listed(backends),
  'bench --backend': () => listed([...backends, 'all']),
  '--preprocess': () => ({ values: PREPROCESSING_PRESET_IDS }),
  '--estimator': () => listed(fittedEstimators(new Map())),
  '--metrics': async () => {
    const { METRICS } = await import('@patternlens/evaluate');
    return listed([...METRICS.map(({ id }) => id), 'all']);
  },
  '--start': () => ({ values: ['one', 'value'] }),
  '--target': () => ({ values: ['top'] }),
  '--channels': () => ({ values: ['all', 'strongest:'] }),
  MODEL: () => ({ values: ['default'] }),
  SOURCE: () => ({ values: ['generated'] }),
  SHELL: () => ({ values: SHELLS }),
};

/** Shells that a script of completion can be written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** What is known of the values of an option, by its long name, or of an argument, by its name; undefined where any text will do. */
export const knownValues = async (
  command: string,
  name: string,
): Promise<KnownValues | undefined> => (VALUES[`${command} ${name}`] ?? VALUES[name])?.();
