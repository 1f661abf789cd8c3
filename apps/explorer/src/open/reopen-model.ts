import { formatShape } from '@patternlens/core/tensor';
import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import { useModel } from './use-model.js';

let reopened = 0;

/** Explains another output of the open model, or a value inside it; labels belong to the first output, and patterns are kept where they fit.
 * What is open stays where the output can't be explained. */
export async function explainOutput(app: App, output: string): Promise<void> {
  const { engine, state } = app;
  const model = state.model.peek();
  if (!model) return;
  await track(state, `Opening output ${output}`, async () => {
    const isFirst = output === model.facts.outputs[0];
    const files = {
      ...model.files,
      key: `${model.files.key} output ${++reopened}`,
      output: isFirst ? undefined : output,
    };
    const facts = await engine.open(state.backend.peek(), files);
    const sameClasses = formatShape(facts.outputShape) === formatShape(model.facts.outputShape);
    useModel(app, files, facts, {
      labels: sameClasses ? model.labels : undefined,
      sets: state.sets.peek(),
      target: 'top',
    });
  });
}
