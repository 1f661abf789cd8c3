import { signal } from '@preact/signals-core';

/** How the pixels of maps are enlarged: by size, as squares, or smoothly. */
export type Pixels = 'auto' | 'squares' | 'smooth';

/** What is open or chosen on the page itself, which no address holds. */
export function createPageState() {
  return {
    /** Whether the drawer of looks and methods is open, where the page is too narrow to show it always. */
    drawer: signal(false),
    /** The method whose map fills the page, by its text. */
    full: signal<string | undefined>(undefined),
    /** The method that is shown where there is room for one, by its text. */
    shownMethod: signal<string | undefined>(undefined),
    dialog: signal<'keyboard' | undefined>(undefined),
    /** How many times maps are enlarged around the cursor. */
    zoom: signal(1),
    /** Where the handle between the input and the map stands, 0 to 1. */
    swipe: signal(0.5),
    /** Whether what is negative is hatched. */
    hatching: signal(false),
    pixels: signal<Pixels>('auto'),
    /** The input whose relevance is shown, where the model has several. */
    input: signal<string | undefined>(undefined),
    /** Files that are being loaded, in order. */
    loading: signal<readonly LoadedFile[]>([]),
  };
}

/** A file on its way. */
export interface LoadedFile {
  readonly name: string;
  /** Bytes that came so far, and in all where the server says it. */
  readonly loaded: number;
  readonly total?: number | undefined;
}
