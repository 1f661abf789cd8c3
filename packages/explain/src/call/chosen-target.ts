import { PatternLensError, suggestion, type Target } from '@patternlens/core';
import { numbersOfLabel } from '../models/class-labels.js';
import type { ReadyModel } from '../models/open-model.js';

/** What is explained: a target, or a text that is the label of a class.
 * @param images How many images there are.
 * @throws PatternLensError `invalid-argument` where no class has the label, or several have, and for a list that is not as long as the images. */
export function chosenTarget(
  given: Target | (string & {}),
  { labels }: Pick<ReadyModel, 'labels'>,
  images: number,
): Target {
  const fail = (sentence: string): never => {
    throw new PatternLensError('explain', 'invalid-argument', `target: ${sentence}`);
  };
  if (Array.isArray(given) && given.length !== images)
    return fail(
      `there are ${given.length} classes for ${images} ${images === 1 ? 'image' : 'images'}. Give one for each.`,
    );
  if (typeof given !== 'string' || given === 'top') return given as Target;
  if (!labels)
    return fail(
      `"${given}" is the label of no class: there are none. Hand in labels, or a number.`,
    );
  const [number, another] = numbersOfLabel(labels, given);
  if (number === undefined)
    return fail(`"${given}" is the label of no class. ${suggestion(given, labels.names)}`);
  if (another !== undefined)
    return fail(
      `"${given}" is the label of several classes, ${number} and ${another} among them. Give the number.`,
    );
  return labels.of === 'classes' ? number : { channel: number };
}
