import { clearFlips, type BackendResult, type NetworkResult } from '@patternlens/benchmark';
import { table } from '../output/table.js';

type Cell = BackendResult['methods'][number];

const exponential = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

/** What `--json` writes. */
export function benchDocument(
  { backends }: NetworkResult,
  facts: { readonly model: string; readonly batch: number; readonly runs: number },
): object {
  return {
    ...facts,
    backends: backends.map(({ backend, forwardOf, failure: unusable, methods }) => ({
      backend,
      forwardOf,
      ...(unusable ? { error: unusable.reason } : {}),
      methods: methods.map(({ method, parameters, times = [], agreement, failure }) => {
        const [first] = times;
        return {
          method,
          parameters,
          ...(first
            ? {
                forward: first.forward,
                time: { ...first.method, ratio: first.ratio.value, interval: first.ratio },
              }
            : {}),
          ...(agreement ? { agreement: agreementOf(agreement) } : {}),
          ...(failure ? { error: failure.reason } : {}),
        };
      }),
    })),
  };
}

/** Without the pictures. */
function agreementOf(agreement: NonNullable<Cell['agreement']>): object {
  const { sameClass, ...rest } = agreement;
  return { ...rest, worst: undefined, sameTarget: sameClass };
}

const HEADINGS = [
  'backend',
  'method',
  'forward ms',
  'min ms',
  'median ms',
  'of forward',
  'equal gates',
  'free gates',
  'flips',
  'to know',
];

const failedRow = (backend: string, method: string, reason: string): string[] => [
  backend,
  method,
  ...new Array<string>(HEADINGS.length - 3).fill('-'),
  reason,
];

function rowOf(backend: string, { method, times, agreement, failure }: Cell): string[] {
  if (failure) return failedRow(backend, method, failure.reason);
  const time = times?.[0];
  const flips = agreement?.flips.reduce((sum, layer) => sum + layer.flips, 0);
  const clear = clearFlips(agreement);
  return [
    backend,
    method,
    time?.forward.median.toFixed(2) ?? '-',
    time?.method.min?.toFixed(2) ?? '-',
    time?.method.median.toFixed(2) ?? '-',
    time ? `${time.ratio.value.toFixed(2)} x` : '-',
    agreement ? exponential(agreement.equalGates.relativeL2) : '-',
    agreement ? exponential(agreement.freeGates.relativeL2) : '-',
    flips === undefined ? '-' : String(flips),
    clear.length > 0
      ? `flips that are not rounding: ${clear.join(', ')}`
      : agreement?.sameClass === false
        ? 'another class'
        : '',
  ];
}

/** A row for each method on each backend, for people. */
export const benchTable = ({ backends }: NetworkResult): string =>
  table(
    HEADINGS,
    backends.flatMap(({ backend, methods, failure }) =>
      failure
        ? [failedRow(backend, '-', failure.reason)]
        : methods.map((cell) => rowOf(backend, cell)),
    ),
  );
