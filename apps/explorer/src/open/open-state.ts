import { signal } from '@preact/signals-core';
import type { Preprocessing } from '@patternlens/data';
import type { App } from '../state/app.js';
import type { HashRequest } from '../state/hash.js';
import type { Basket } from './basket.js';
import type { AskedInput } from './free-axes.js';
import type { OwnSource } from './own-source.js';

/** How pixels become the values of an input: the preset or file by its name, `none` where they go in as they are. */
export interface ChosenPreprocessing {
  readonly name: string;
  readonly values: Preprocessing;
  readonly hash: string;
}

/** The dialogs of opening; one is open at a time. */
export type OpenDialog = 'model' | 'preprocessing' | 'axes' | 'inputs' | 'camera';

/** A model that waits for something: files, or sizes of its axes. */
export interface WaitingModel {
  readonly basket: Basket;
  readonly shapes: Readonly<Record<string, readonly (number | 'N')[]>>;
  readonly asked?: AskedInput | undefined;
}

/** How far an address is loaded, in bytes. */
export interface LoadProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number | undefined;
}

/** What opening holds beside the state that all views share. */
function createOpenState() {
  return {
    dialog: signal<OpenDialog | undefined>(undefined),
    /** Whether the report of the model, or of the one that was refused, is shown. */
    report: signal(false),
    /** The person's own files of samples, newest first. */
    own: signal<readonly OwnSource[]>([]),
    preprocessing: signal<ChosenPreprocessing | undefined>(undefined),
    waiting: signal<WaitingModel | undefined>(undefined),
    /** Paths of files that the waiting model lacks. */
    missing: signal<readonly string[]>([]),
    /** Files by input name, for models of several inputs. */
    assigned: signal<ReadonlyMap<string, string>>(new Map()),
    /** What a link asked for that only the person's own files can give. */
    wanted: signal<HashRequest | undefined>(undefined),
    /** Whether there is a network, as far as the browser knows. */
    online: signal(true),
    /** The address in the field, and what came of it. */
    address: signal(''),
    loading: signal<LoadProgress | undefined>(undefined),
    loadTrouble: signal<string | undefined>(undefined),
  };
}

export type OpenState = ReturnType<typeof createOpenState>;

const states = new WeakMap<App, OpenState>();

/** The state of opening of an app. */
export function openStateOf(app: App): OpenState {
  const known = states.get(app) ?? createOpenState();
  states.set(app, known);
  return known;
}
