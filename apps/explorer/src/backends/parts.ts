import { effect, signal, type Signal } from '@preact/signals-core';
import { BROWSER_BACKENDS, type BrowserBackendId } from '@patternlens/page';
import type { BackendId } from '../compute/backend-ids.js';
import type { Engine } from '../compute/engine.js';
import type { App } from '../state/app.js';
import type { Comparison } from './comparison.js';
import { tellComparison } from './tell-comparison.js';

/** Backends that are ticked from the start: they run everywhere, on the processor. */
const TICKED: readonly BrowserBackendId[] = ['onnx:wasm', 'tfjs:wasm', 'gpujs:wasm'];

/** What the view of backends holds, beside the page's own state. */
export interface BackendsParts {
  readonly ticked: Signal<ReadonlySet<BrowserBackendId>>;
  /** Backends that ran in this page, whose files are here. */
  readonly loaded: Signal<ReadonlySet<BackendId>>;
  readonly comparison: Signal<Comparison | undefined>;
  /** The method whose maps and times are shown, by its text. */
  readonly shown: Signal<string | undefined>;
  /** The two maps that are blinked, and whether the second is on top. */
  readonly blink: Signal<{
    readonly first: BackendId | undefined;
    readonly second: BackendId;
    readonly isSecond: boolean;
  }>;
  /** How the report was handed over, in a sentence. */
  readonly handed: Signal<string>;
  /** Workers that compare, apart from those that explain. */
  readonly engine: Engine;
  /** Ends the comparison that runs. */
  cancel: (() => void) | undefined;
}

const made = new WeakMap<App, BackendsParts>();

/** The view's own state: made once for a page. */
export function backendsParts(app: App): BackendsParts {
  const before = made.get(app);
  if (before) return before;
  const parts: BackendsParts = {
    ticked: signal(new Set(TICKED)),
    loaded: signal(new Set()),
    comparison: signal(undefined),
    shown: signal(undefined),
    blink: signal({ first: undefined, second: 'reference', isSecond: false }),
    handed: signal(''),
    engine: app.engine.another(),
    cancel: undefined,
  };
  made.set(app, parts);
  effect(() => {
    tellComparison(app.state, parts.comparison.value, parts.shown.value);
  });
  return parts;
}

/** Remembers that a backend's files are here. */
export function markLoaded(parts: BackendsParts, id: BackendId): void {
  if (!parts.loaded.peek().has(id)) parts.loaded.value = new Set([...parts.loaded.peek(), id]);
}

/** Backends that are ticked, in their order. */
export const tickedOf = ({ ticked }: BackendsParts): readonly BrowserBackendId[] =>
  BROWSER_BACKENDS.filter((id) => ticked.value.has(id));
