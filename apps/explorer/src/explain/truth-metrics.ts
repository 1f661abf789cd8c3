// Imported by itself, so that the first map is not loaded with all metrics.
export { mapStrengths, massAccuracy, rankAccuracy } from '@patternlens/evaluate';
