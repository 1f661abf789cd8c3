import { auroc } from '../statistics/auroc.js';
import { massAccuracy } from '../statistics/mass-accuracy.js';
import { pointingGame } from '../statistics/pointing-game.js';
import { precisionAtSpecificity } from '../statistics/precision-at-specificity.js';
import { rankAccuracy } from '../statistics/rank-accuracy.js';

/** How well a map finds the truth, by name of the column. */
export const LOCALISATION_SCORES = {
  rank: 'rank accuracy',
  mass: 'mass accuracy',
  positiveMass: 'mass accuracy, positive part',
  auroc: 'AUROC',
  pointing: 'pointing game',
  precision: 'precision at specificity 0.9',
} as const;
export type LocalisationScore = keyof typeof LOCALISATION_SCORES;

/** The scores of one map: null where the mask is empty or covers everything.
 * @param strength how much the map points at each place, at least 0
 * @param positive the same of what is positive alone */
export function localisationScores(
  strength: ArrayLike<number>,
  positive: ArrayLike<number>,
  mask: ArrayLike<number>,
): Record<LocalisationScore, number | null> {
  const area = auroc(strength, mask);
  const isTold = area !== null;
  return {
    rank: isTold ? rankAccuracy(strength, mask) : null,
    mass: isTold ? massAccuracy(strength, mask) : null,
    positiveMass: isTold ? massAccuracy(positive, mask) : null,
    auroc: area,
    pointing: isTold ? pointingGame(strength, mask) : null,
    precision: precisionAtSpecificity(strength, mask),
  };
}
