export { BROWSER_BACKENDS, type BrowserBackendId } from './backends/backend-ids.js';
export { browserHost } from './backends/browser-host.js';
export { explainFailure, halfPrecision, oneThread } from './backends/explain-failure.js';
export type { Failure } from './backends/failure.js';
export { watchGraphics, type GraphicsOwner } from './backends/graphics-watch.js';
export type { HostCard } from './backends/host-card.js';
export { openBrowserBackend } from './backends/open-browser-backend.js';
export type {
  BackendFacts,
  ForwardPass,
  OpenBackendOptions,
  OpenedBackend,
} from './backends/opened-backend.js';
export { chartBox, labelRoom } from './view/chart-box.js';
export { dataTable, type TableColumn } from './view/data-table.js';
export { element, type Child } from './view/element.js';
export {
  coloursAt,
  contrast,
  ERROR_DOMAIN,
  errorColours,
  errorShare,
  type CellColours,
  type Theme,
} from './view/error-colour.js';
export { linkedCursor, type CursorParts, type Reading } from './view/linked-cursor.js';
export {
  briefError,
  changeText,
  correlationText,
  countText,
  counted,
  errorText,
  ratioText,
  shortCount,
  timeText,
  valueText,
} from './view/numbers.js';
export { workerFromAddress } from './workers/worker-from-address.js';
