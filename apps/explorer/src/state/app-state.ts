import { computed, signal } from '@preact/signals-core';
import type { Tensor } from '@patternlens/core';
import type { BackendId } from '../compute/backend-ids.js';
import type { PatternFile } from '../compute/engine.js';
import type { PatternFacts } from '../compute/calls/use-patterns.js';
import type { ModelFacts } from '../compute/model-facts.js';
import type { ModelFiles } from '../compute/model-files.js';
import type {
  CascadeState,
  ComparedBackend,
  ComparedRelevance,
  DegradationState,
  FitState,
  TourState,
  ToyState,
} from './contract-state.js';
import { chosenMethod, type ChosenMethod } from './chosen-method.js';
import { DEFAULT_LOOK, type Look } from './look.js';
import type { MethodResult } from './method-result.js';
import { createPageState } from './page-state.js';
import type { Sample, SamplePlace, SampleSet } from './samples.js';

export const VIEWS = ['explain', 'layers', 'fit', 'measure', 'backends', 'learn'] as const;
export type ViewId = (typeof VIEWS)[number];

/** The model that is explained. */
export interface OpenedModel {
  readonly files: ModelFiles;
  readonly facts: ModelFacts;
  /** Names of its classes. */
  readonly labels: readonly string[] | undefined;
  /** The address or file that labels came from. */
}

/** Patterns in use. */
export interface OpenedPatterns extends PatternFile {
  readonly facts: PatternFacts;
  /** Where they came from: the file's name, `bundled`, `fitted here`. */
  readonly source: string;
}

/** What went wrong last with something that is no method: a file that was refused, say. */
export interface Trouble {
  readonly code: string;
  readonly sentence: string;
  /** The runtime's own words. */
  readonly cause?: string | undefined;
}

/** A model that was refused: all layers at fault. */
export interface Refusal {
  readonly name: string;
  readonly layers: readonly {
    readonly layer: string;
    readonly kind: string;
    readonly reason: string;
  }[];
}

/** Everything that the page shows and the address holds, as signals. Only `actions` and views' own handlers write them. */
export function createAppState() {
  const view = signal<ViewId>('explain');
  const look = signal<Look>(DEFAULT_LOOK);
  const backend = signal<BackendId>('tfjs:wasm');
  const backendNote = signal('');
  const model = signal<OpenedModel | undefined>(undefined);
  const patterns = signal<OpenedPatterns | undefined>(undefined);
  const sets = signal<readonly SampleSet[]>([]);
  const place = signal<SamplePlace | undefined>(undefined);
  /** The sample at `place`, once it is read. */
  const sample = signal<(SamplePlace & { readonly sample: Sample }) | undefined>(undefined);
  /** As the command's `--target` takes it. */
  const target = signal('top');
  const methods = signal<readonly ChosenMethod[]>(
    [
      'gradient',
      'deconvnet',
      'guided-backprop',
      'pattern-net',
      'lrp-alpha1-beta0',
      'pattern-attribution',
    ].map((id) => chosenMethod(id)),
  );
  const results = signal<ReadonlyMap<string, MethodResult>>(new Map());
  /** The model's output for the current sample. */
  const output = signal<{ readonly of: string; readonly value: Tensor } | undefined>(undefined);
  const runs = signal(0);
  const trouble = signal<Trouble | undefined>(undefined);
  const refusal = signal<Refusal | undefined>(undefined);
  /** What the status line says where no cursor reads. */
  const note = signal('');
  /** The shared cursor: a pixel of all maps. */
  const cursor = signal<
    { readonly row: number; readonly column: number; readonly pinned: boolean } | undefined
  >(undefined);
  /** Work under way that is no method: opening, fitting, comparing; by what it is. */
  const working = signal<ReadonlySet<string>>(new Set());
  /** Whether explanations are made, or a prediction. */
  const explaining = signal(false);
  const firstExplained = signal<number | undefined>(undefined);
  const status = computed(() => {
    const pending = [...results.value.values()].some((result) => result.status === 'pending');
    const isWorking = pending || explaining.value || working.value.size > 0;
    if (firstExplained.value === undefined)
      return isWorking || !trouble.value ? 'loading' : 'error';
    return isWorking ? 'working' : 'ready';
  });
  /** What views tell programs outside. */
  const told = {
    backends: signal<readonly ComparedBackend[]>([]),
    fit: signal<FitState>({ status: 'idle', done: 0, total: 0, imagesPerSecond: 0 }),
    // The weights and the pattern of the toy at 45 degrees without noise.
    toy: signal<ToyState>({ angle: 45, w: [1, -1], a: [1, 0] }),
    degradation: signal<DegradationState | null>(null),
    cascade: signal<CascadeState | null>(null),
    tour: signal<TourState | null>(null),
  };
  /** By backend, then by method. */
  const comparedRelevance = signal<ComparedRelevance>(new Map());
  return {
    ...{ told, comparedRelevance, explaining, page: createPageState() },
    ...{ view, look, backend, backendNote, model, patterns, sets, place, sample, target, methods },
    ...{ results, output, runs, trouble, refusal, note, cursor, working, firstExplained, status },
  };
}

export type AppState = ReturnType<typeof createAppState>;
