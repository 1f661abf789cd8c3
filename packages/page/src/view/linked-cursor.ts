import { element } from './element.js';

/** What the maps say at a pixel. */
export interface Reading {
  readonly reference: string;
  readonly actual: string;
  readonly difference: string;
}

export interface CursorParts {
  /** Figures with a `.map-stage` each. */
  readonly tiles: readonly HTMLElement[];
  readonly height: number;
  readonly width: number;
  readonly backend: string;
  /** By the pixel's index, row by row. */
  readonly read: (at: number) => Reading;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** One pixel cursor over several maps, by mouse or arrow keys (ten pixels with Shift), with what they say there as text. */
export function linkedCursor({ tiles, height, width, backend, read }: CursorParts): HTMLElement {
  let [x, y] = [Math.floor(width / 2), Math.floor(height / 2)];
  const rings = tiles.map((tile) => {
    const ring = element('span', { class: 'map-cursor', 'aria-hidden': 'true' });
    tile.querySelector('.map-stage')!.append(ring);
    return ring;
  });
  const out = element('output', { class: 'map-reading', 'aria-live': 'polite' });
  const hint = 'Point at a pixel, or use the arrow keys here, to read both maps.';

  const show = (): void => {
    for (const ring of rings) {
      ring.style.left = `${(x / width) * 100}%`;
      ring.style.top = `${(y / height) * 100}%`;
      ring.style.width = `${100 / width}%`;
      ring.style.height = `${100 / height}%`;
    }
    const { reference, actual, difference } = read(y * width + x);
    out.replaceChildren(
      element('span', {}, `row ${y + 1}, column ${x + 1}`),
      ...[
        ['reference', reference],
        [backend, actual],
        ['difference', difference],
      ].map(([name, value]) => element('span', {}, `${name!} `, element('b', {}, value))),
    );
  };
  const move = (toX: number, toY: number): void => {
    x = Math.max(0, Math.min(width - 1, toX));
    y = Math.max(0, Math.min(height - 1, toY));
    view.classList.add('reading');
    show();
  };
  const view = element(
    'div',
    {
      class: 'maps',
      tabindex: '0',
      role: 'group',
      'aria-label': `Heat maps with a shared pixel cursor. ${hint}`,
      keydown: (event) => {
        const { key, shiftKey } = event as KeyboardEvent;
        const step = STEPS[key];
        if (step === undefined) return;
        event.preventDefault();
        const by = shiftKey ? 10 : 1;
        move(x + step[0] * by, y + step[1] * by);
      },
      pointermove: (event) => {
        const stage = (event.target as Element).closest('.map-stage');
        if (stage === null) return;
        const { left, top, width: across, height: down } = stage.getBoundingClientRect();
        const { clientX, clientY } = event as PointerEvent;
        move(
          Math.floor(((clientX - left) / across) * width),
          Math.floor(((clientY - top) / down) * height),
        );
      },
    },
    element('div', { class: 'map-row' }, tiles),
  );
  out.append(element('span', { class: 'quiet' }, hint));
  return element('div', { class: 'maps-box' }, view, out);
}
