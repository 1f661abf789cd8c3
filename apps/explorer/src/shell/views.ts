import type { ViewId } from '../state/app-state.js';
import type { View } from './view.js';

/** Names of the views on their tabs. */
export const VIEW_NAMES: Readonly<Record<ViewId, string>> = {
  explain: 'Explain',
  layers: 'Layers',
  fit: 'Fit',
  measure: 'Measure',
  backends: 'Backends',
  learn: 'Learn',
};

/** Views by name, each loaded when it is first shown. */
export const LOADERS: Readonly<Record<ViewId, () => Promise<View>>> = {
  explain: () => import('../explain/view.js').then(({ explainView }) => explainView),
  layers: () => import('../layers/view.js').then(({ layersView }) => layersView),
  fit: () => import('../fit/view.js').then(({ fitView }) => fitView),
  measure: () => import('../measure/view.js').then(({ measureView }) => measureView),
  backends: () => import('../backends/view.js').then(({ backendsView }) => backendsView),
  learn: () => import('../learn/view.js').then(({ learnView }) => learnView),
};
