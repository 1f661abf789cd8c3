import { element } from './element.js';

/** A chart that is drawn anew as wide as there is room, with a caption that says what it shows. */
export function chartBox(
  title: string,
  summary: string,
  draw: (width: number) => Element,
  ...below: readonly HTMLElement[]
): HTMLElement {
  const room = element('div', { class: 'chart-room' });
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(room.clientWidth);
    if (width < 1 || width === drawn) return;
    drawn = width;
    const chart = draw(width);
    chart.setAttribute('role', 'img');
    chart.setAttribute('aria-label', `${title}. ${summary}`);
    // The chart is one picture with one name; its parts have none.
    for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    room.replaceChildren(chart);
  }).observe(room);
  return element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, element('h3', {}, title), element('p', { class: 'quiet' }, summary)),
    room,
    ...below,
  );
}

/** Room for labels beside an axis, in pixels. */
export const labelRoom = (labels: readonly string[], width: number): number =>
  Math.min(Math.round(width * 0.42), 14 + Math.max(0, ...labels.map(({ length }) => length)) * 7.2);
