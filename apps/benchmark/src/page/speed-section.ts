import { chartBox, countText, dataTable, element, ratioText, timeText } from '@patternlens/page';
import { chooser, switcher } from './field.js';
import { pageSection } from './page-section.js';
import { createStore, type PageState, type Store } from './page-state.js';
import { batchesOf, rowsOf, type Row } from './report-view.js';
import { barNote, speedChart, type SpeedBar } from './speed-chart.js';
import { speedRows, type SpeedRow } from './speed-rows.js';

interface SpeedState {
  readonly method: string;
  readonly view: 'warm' | 'cold' | 'batches';
  readonly logarithmic: boolean;
}

/** Times of a method on every backend. */
export function speedSection(store: Store<PageState>): HTMLElement {
  const speed = createStore<SpeedState>({ method: '', view: 'warm', logarithmic: false });
  const fields = element('div', { class: 'control-row' });
  const body = element('div', {});
  const batches = batchesOf(store.get().report);
  store.watch(['network'], (state) => {
    const rows = rowsIn(state);
    const method = rows.some(({ key }) => key === speed.get().method)
      ? speed.get().method
      : ((rows.find(({ key }) => key === 'pattern-attribution') ?? rows[0])?.key ?? '');
    speed.set({ method });
    fields.replaceChildren(
      chooser(
        'Method',
        rows.map(({ key, label, detail }) => ({
          value: key,
          label:
            rows.filter((row) => row.label === label).length > 1 ? `${label} (${detail})` : label,
        })),
        method,
        (value) => {
          speed.set({ method: value });
        },
      ),
      switcher(
        'Show',
        [
          { value: 'warm', label: 'Warm' },
          { value: 'cold', label: 'With cold' },
          ...(batches.length > 1 ? [{ value: 'batches', label: 'By batch' }] : []),
        ],
        speed.get().view,
        (value) => {
          speed.set({ view: value as SpeedState['view'] });
        },
      ),
      switcher(
        'Axis',
        [
          { value: 'linear', label: 'Linear' },
          { value: 'log', label: 'Logarithmic' },
        ],
        speed.get().logarithmic ? 'log' : 'linear',
        (value) => {
          speed.set({ logarithmic: value === 'log' });
        },
      ),
    );
  });
  const redraw = (): void => {
    body.replaceChildren(...contents(store.get(), speed.get(), batches));
  };
  store.watch(['network', 'host', 'batch'], redraw);
  speed.watch(['method', 'view', 'logarithmic'], redraw);
  return pageSection('speed', 'Speed', fields, body);
}

const rowsIn = ({ report, network }: PageState): readonly Row[] => {
  const shown = report.networks[network];
  return shown === undefined ? [] : rowsOf(shown);
};

function contents(
  state: PageState,
  { method, view, logarithmic }: SpeedState,
  batches: readonly number[],
): readonly HTMLElement[] {
  const network = state.report.networks[state.network];
  const row = rowsIn(state).find(({ key }) => key === method);
  if (network === undefined || row === undefined) return [element('p', {}, 'Nothing was timed.')];
  const rowsFor = (batch: number): readonly SpeedRow[] =>
    speedRows(state.report, network, { row, batch, host: state.host });
  const rows = rowsFor(state.batch);
  if (rows.length === 0) {
    return [element('p', {}, `${row.label} was not timed with batch ${state.batch}.`)];
  }
  const fastest = rows[0]!;
  const slowest = rows.at(-1)!;
  const [small = state.batch, large = state.batch] = [batches[0], batches.at(-1)];
  const bars =
    view === 'warm'
      ? rows.map(warmBar)
      : view === 'cold'
        ? rows.flatMap((entry) => [
            { ...warmBar(entry), kind: 'warm', forward: undefined },
            coldBar(entry),
          ])
        : batchBars(rowsFor(small), rowsFor(large), [small, large]);
  const title = {
    warm: `${row.label}, batch ${state.batch}`,
    cold: `${row.label}, batch ${state.batch}: cold and warm`,
    batches: `${row.label}: milliseconds per sample`,
  }[view];
  const summary =
    rows.length === 1
      ? `With batch ${state.batch}, only ${fastest.label} was timed: ${timeText(fastest.times.method.median)}.`
      : `With batch ${state.batch}, ${fastest.label} is the fastest with ${timeText(fastest.times.method.median)}; ${slowest.label} takes ${ratioText(slowest.toFastest)} as long.`;
  return [
    chartBox(
      title,
      summary,
      (width) => speedChart(bars, logarithmic, width),
      key(view, [small, large]),
    ),
    speedTable(rows, state.batch, rowsFor(small), rowsFor(large), [small, large]),
  ];
}

const warmBar = ({ label, times: { method, forward, ratio } }: SpeedRow): SpeedBar => ({
  label,
  kind: '',
  time: method.median,
  low: method.p10,
  high: method.p90,
  forward: forward.median,
  note: barNote(method.median, ratio.value),
});

const coldBar = ({ label, times }: SpeedRow): SpeedBar => ({
  label,
  kind: 'cold',
  time: times.cold,
  note: timeText(times.cold),
});

/** Milliseconds per sample, so that a batch that costs nothing more shows as a shorter bar. */
function batchBars(
  small: readonly SpeedRow[],
  large: readonly SpeedRow[],
  [smallBatch, largeBatch]: readonly [number, number],
): readonly SpeedBar[] {
  const bar = ({ label, times: { method } }: SpeedRow, batch: number): SpeedBar => ({
    label,
    kind: `batch ${batch}`,
    time: method.median / batch,
    low: method.p10 / batch,
    high: method.p90 / batch,
    note: timeText(method.median / batch),
  });
  return small.flatMap((entry) => {
    const twin = large.find(({ label }) => label === entry.label);
    return [bar(entry, smallBatch), ...(twin === undefined ? [] : [bar(twin, largeBatch)])];
  });
}

function key(
  view: SpeedState['view'],
  [smallBatch, largeBatch]: readonly [number, number],
): HTMLElement {
  const entry = (sign: string, meaning: string): HTMLElement =>
    element('li', {}, element('span', { class: `key ${sign}`, 'aria-hidden': 'true' }), meaning);
  const first = { warm: 'median', cold: 'warm median', batches: `batch ${smallBatch}` }[view];
  return element(
    'ul',
    { class: 'chart-key' },
    entry('key-bar', first),
    view === 'cold' && entry('key-second', 'cold: tracing, compiling and the first run'),
    view === 'batches' && entry('key-second', `batch ${largeBatch}`),
    entry('key-spread', 'p10 to p90'),
    view === 'warm' && entry('key-forward', 'the same backend’s forward pass'),
  );
}

function speedTable(
  rows: readonly SpeedRow[],
  batch: number,
  small: readonly SpeedRow[],
  large: readonly SpeedRow[],
  [smallBatch, largeBatch]: readonly [number, number],
): HTMLElement {
  const perSample = (entries: readonly SpeedRow[], label: string, size: number): string => {
    const found = entries.find((entry) => entry.label === label);
    return found === undefined ? 'not timed' : timeText(found.times.method.median / size);
  };
  return dataTable(
    `Times with batch ${batch}, the fastest first`,
    [
      { heading: 'Backend' },
      { heading: 'Host' },
      { heading: 'Cold', figures: true },
      { heading: 'p10', figures: true },
      { heading: 'Median', figures: true },
      { heading: 'p90', figures: true },
      { heading: 'Forward', figures: true },
      { heading: 'Ratio to forward', figures: true },
      { heading: 'To the fastest', figures: true },
      ...(smallBatch === largeBatch
        ? []
        : [smallBatch, largeBatch].map((size) => ({
            heading: `Per sample, batch ${size}`,
            figures: true,
          }))),
      { heading: 'Runs', figures: true },
    ],
    rows.map(({ label, host, times: { cold, method, forward, ratio }, toFastest }) => [
      element('span', { class: 'backend-name' }, label),
      host,
      timeText(cold),
      timeText(method.p10),
      timeText(method.median),
      timeText(method.p90),
      timeText(forward.median),
      `${ratioText(ratio.value)} (${ratioText(ratio.low)} to ${ratioText(ratio.high)})`,
      ratioText(toFastest),
      ...(smallBatch === largeBatch
        ? []
        : [perSample(small, label, smallBatch), perSample(large, label, largeBatch)]),
      countText(method.runs),
    ]),
  );
}
