import { briefError, coloursAt, element, ERROR_DOMAIN, errorShare } from '@patternlens/page';
import type { PageState, Store } from './page-state.js';

const STEPS = 48;

/** What the colours and marks of the matrix mean. */
export function matrixLegend(store: Store<PageState>): HTMLElement {
  const { limit } = store.get().report;
  const gates = element('span', {});
  store.watch(['gates'], (state) => {
    gates.textContent =
      state.gates === 'equal'
        ? 'Equal gates: the reference takes the backend’s own decisions of rectifiers and pools, so that only arithmetic differs.'
        : 'Free gates: the reference decides for itself, so that one flipped decision can change a map though nothing is wrong. The limit does not apply.';
  });
  return element(
    'div',
    { class: 'legend' },
    element(
      'div',
      { class: 'legend-scale' },
      element('span', { class: 'legend-title', id: 'legend-title' }, 'Relative L2 error'),
      scaleBar(limit),
    ),
    element(
      'ul',
      { class: 'legend-marks' },
      mark('▲', `above the limit of ${briefError(limit)}`),
      mark('◆', 'decisions of rectifiers or pools flipped'),
      mark('≠', 'another class'),
      element(
        'li',
        {},
        element('span', { class: 'legend-sample' }, '12 ms · 1.9×'),
        ' median time and its ratio to the backend’s own forward pass',
      ),
    ),
    element('p', { class: 'quiet' }, gates),
  );
}

const mark = (sign: string, meaning: string): HTMLElement =>
  element('li', {}, element('span', { class: 'mark', 'aria-hidden': 'true' }, sign), ` ${meaning}`);

function scaleBar(limit: number): HTMLElement {
  const [low, high] = ERROR_DOMAIN.map(Math.log10) as [number, number];
  const place = (error: number): string => `${errorShare(error) * 100}%`;
  const bar = element('div', { class: 'legend-bar', 'aria-hidden': 'true' });
  for (const theme of ['light', 'dark'] as const) {
    const stops = Array.from(
      { length: STEPS + 1 },
      (_, at) => coloursAt(at / STEPS, theme).background,
    );
    bar.style.setProperty(`--${theme}-ramp`, `linear-gradient(to right, ${stops.join(', ')})`);
  }
  const tick = element('span', { class: 'legend-limit', 'aria-hidden': 'true' });
  tick.style.left = place(limit);
  const labels = [low, low + 2, low + 4, low + 6, high].map((exponent) => {
    const label = element('span', {}, exponent === 0 ? '1' : `1e${exponent}`);
    label.style.left = place(10 ** exponent);
    return label;
  });
  return element(
    'div',
    { class: 'legend-bar-box' },
    bar,
    tick,
    element('div', { class: 'legend-labels' }, labels),
  );
}
