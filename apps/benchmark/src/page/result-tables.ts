import {
  briefError,
  correlationText,
  countText,
  dataTable,
  errorText,
  ratioText,
  timeText,
} from '@patternlens/page';
import type { AgreementResult, MethodTimes, Timing } from '../report/benchmark-report.js';

/** The four distances, under equal and under free gates. */
export function distancesTable(
  { equalGates, freeGates }: AgreementResult,
  limit: number,
): HTMLElement {
  const row = (
    name: string,
    write: (value: number) => string,
    key: keyof AgreementResult['equalGates'],
  ): readonly string[] => [name, write(equalGates[key]), write(freeGates[key])];
  return dataTable(
    `Distances to float64, worst of all samples (limit ${briefError(limit)})`,
    [
      { heading: 'Distance' },
      { heading: 'Equal gates', figures: true },
      { heading: 'Free gates', figures: true },
    ],
    [
      row('Relative L2', errorText, 'relativeL2'),
      row('Largest difference', errorText, 'maximum'),
      row('Cosine', correlationText, 'cosine'),
      row('Spearman of magnitudes', correlationText, 'spearman'),
    ],
  );
}

/** All times of a cell. */
export function timesTable(times: readonly MethodTimes[]): HTMLElement {
  return dataTable(
    'Times: cold is tracing, compiling and the first run; the others are warm, read-back included',
    [
      { heading: 'Batch', figures: true },
      { heading: 'Cold', figures: true },
      { heading: 'Method: p10', figures: true },
      { heading: 'median', figures: true },
      { heading: 'p90', figures: true },
      { heading: 'Forward: p10', figures: true },
      { heading: 'median', figures: true },
      { heading: 'p90', figures: true },
      { heading: 'Ratio, 95 % interval', figures: true },
      { heading: 'Runs', figures: true },
    ],
    times.map(({ batch, cold, method, forward, ratio }) => [
      String(batch),
      timeText(cold),
      ...spread(method),
      ...spread(forward),
      `${ratioText(ratio.value)} (${ratioText(ratio.low)} to ${ratioText(ratio.high)})`,
      countText(method.runs),
    ]),
  );
}

const spread = ({ p10, median, p90 }: Timing): readonly string[] =>
  [p10, median, p90].map(timeText);
