import type { App } from '../state/app.js';
import { isLarge, measureState } from './measure-state.js';
import { runMeasurement } from './run-measurement.js';

/** Samples that patterns are fitted on again, for each randomised network. */
export const REFIT = 256;

/** Methods whose maps are shown of a large model. */
const SHOWN_OF_LARGE = 2;

/** Whether patterns are fitted again. */
export const isRefitted = ({ state }: App): boolean =>
  measureState.refit.value ?? !isLarge(state.model.value!.facts);

/** Draws the layers' weights anew from the top, measures what becomes of the maps, and shows it. */
export async function startCascade(app: App): Promise<void> {
  const { facts } = app.state.model.peek()!;
  const measured = await runMeasurement(app, 'cascade', (client, setting, options) => {
    const { samples, methods, looked } = setting;
    const shown = isLarge(facts) ? methods.slice(0, SHOWN_OF_LARGE) : methods;
    const needsPatterns = methods.some(
      ({ id }) => facts.methods.find((method) => method.id === id)?.needsPatterns,
    );
    return client.call(
      'measureCascade',
      {
        ...{ samples: samples.asked, methods, inputs: looked.sample.inputs },
        refit: needsPatterns && isRefitted(app) ? samples.refit(REFIT) : undefined,
        shown: shown.map(({ text }) => text),
      },
      options,
    );
  });
  if (measured) measureState.cascade.value = measured;
}
