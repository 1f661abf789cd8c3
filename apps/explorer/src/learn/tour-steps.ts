import type { App } from '../state/app.js';
import { chosenMethod } from '../state/chosen-method.js';

/** Where a step of the tour leads, and what it points at. */
export interface TourStep {
  /** Shows what the step is about. */
  readonly prepare: (app: App) => void;
  /** The part of the page that is pointed at, the first that is there. */
  readonly points: readonly string[];
}

/** Ticks methods that a step needs, beside those that are ticked. */
function withMethods({ state }: App, ids: readonly string[]): void {
  const ticked = state.methods.peek();
  const missing = ids.filter((id) => !ticked.some((method) => method.id === id));
  if (missing.length > 0)
    state.methods.value = [...ticked, ...missing.map((id) => chosenMethod(id))];
}

const figureOf = (name: string): string => `figure[aria-label="${name}"]`;

/** The steps, in the order of their words. */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    prepare: ({ state }) => {
      state.view.value = 'learn';
    },
    points: ['.toy input[type="range"]'],
  },
  {
    prepare: ({ state }) => {
      state.view.value = 'layers';
    },
    points: ['figure[aria-label^="Patterns of"]', '.layers-neurons'],
  },
  {
    prepare: (app) => {
      withMethods(app, ['pattern-net']);
      app.state.view.value = 'explain';
    },
    points: [figureOf('PatternNet')],
  },
  {
    prepare: (app) => {
      withMethods(app, ['gradient', 'pattern-attribution']);
      app.state.view.value = 'explain';
    },
    points: [figureOf('PatternAttribution')],
  },
  {
    prepare: ({ state }) => {
      state.view.value = 'measure';
    },
    points: ['[data-tour="cascade"]', '#tab-backends'],
  },
];
