import { type FitProgress, type PatternSet } from '@patternlens/core';
import { RARE } from '@patternlens/core/patterns';
import { duration, rate } from '../output/progress.js';
import { table } from '../output/table.js';

/** Layers with the neurons that fired never or rarely: what their patterns are worth. */
export function fitTable({ layers }: PatternSet): string {
  const rows = [...layers].map(([layer, { counts, samples }]) => {
    const dead = counts.filter((firings) => firings === 0).length;
    const rare = counts.filter((firings) => firings > 0 && firings < RARE).length;
    return [layer, String(counts.length), String(samples), String(dead), String(rare)];
  });
  return table(
    ['layer', 'neurons', 'samples and positions', 'never fired', `fired below ${RARE} times`],
    rows,
  );
}

/** What goes behind the bar of a fit. */
export const fitDetail = ({ pass, passes, imagesPerSecond, secondsLeft }: FitProgress): string =>
  [
    passes > 1 ? `pass ${pass} of ${passes}` : '',
    rate(imagesPerSecond),
    (secondsLeft ?? 0) > 0 ? `${duration(secondsLeft!)} left` : '',
  ]
    .filter(Boolean)
    .join('  ');
