import { presetPreprocessing } from '@patternlens/data';
import { sentFailure } from '../compute/call-failure.js';
import type { App } from '../state/app.js';
import { chosenPreprocessing } from './choose-preprocessing.js';
import { modelImageSize } from './model-takes.js';
import { openStateOf } from './open-state.js';
import { ownSet } from './own-sets.js';
import { tellTrouble, type Told } from './tell.js';

/** Images that are tried. */
const CHECKED = 20;

/** Leaves out images that this browser does not read, before anybody is asked how their pixels become numbers; they are told. */
export async function dropUndecodable(app: App): Promise<void> {
  const facts = app.state.model.peek()?.facts;
  const size = facts && modelImageSize(facts);
  const input = facts?.inputs[0];
  if (!size || !input) return;
  const { own } = openStateOf(app);
  const preprocessing = chosenPreprocessing('raw', presetPreprocessing('raw', size));
  const wrong = new Map<string, Told>();
  const images = own.peek().filter(({ array }) => array === undefined);
  for (const source of images.slice(0, CHECKED))
    try {
      await ownSet(app, source, input, { preprocessing, labels: undefined }).read(0);
    } catch (thrown) {
      const failure = sentFailure(thrown);
      // Whatever else is wrong may be a matter of the preprocessing.
      if (failure.code === 'invalid-file') wrong.set(source.key, failure);
    }
  if (wrong.size === 0) return;
  own.value = own.peek().filter(({ key }) => !wrong.has(key));
  tellTrouble(app, [...wrong.values()]);
}
