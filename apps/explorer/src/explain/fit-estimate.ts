import { counted } from '@patternlens/page';
import { generatedStart } from '../open/generated-source.js';
import type { AppState } from '../state/app-state.js';
import { spanText } from '../words/fit.js';

/** Generated samples that a fit takes unless another number is asked for. */
const GENERATED = 2000;

const isGenerated = (source: string): boolean => generatedStart(source) !== undefined;

/** What a fit of patterns on the samples at hand would take: `200 images, about 8 s`. The time is left out until one program was timed: a fit runs one of about
 * its size for each sample. */
export function fitEstimate({ place, sets, results }: AppState): string {
  const current = place.peek()?.set.source;
  const own = sets
    .peek()
    .filter(({ source }) => !isGenerated(source))
    .reduce((sum, { count }) => sum + count, 0);
  const count = current !== undefined && isGenerated(current) ? GENERATED : own;
  const times = [...results.peek().values()].flatMap(({ status, ms }) =>
    status === 'done' && ms !== undefined ? [ms] : [],
  );
  const time = times.length === 0 ? '' : `, about ${spanText((count * Math.min(...times)) / 1000)}`;
  return `${counted(count, 'image')}${time}`;
}
