import type { Backend } from '@patternlens/core';
import type { BytesInput } from '@patternlens/core/arguments';
import type { ImageDecoder } from '@patternlens/data';
import type { PictureRenderer } from '@patternlens/heatmap';
import type { NamedFile } from '../files/named-file.js';
import type { NamedPlaces } from '../models/preprocessing-choice.js';

/** The path or the address of a file. */
export type Place = Extract<BytesInput, string | { readonly href: string }>;

/** Files that a path led to. */
export interface FoundFiles {
  readonly files: readonly NamedFile[];
  /** What of a folder was left out, in a sentence. */
  readonly leftOut?: string | undefined;
}

/** A backend that was opened by name or because its runtime is there. */
interface OpenedBackend {
  readonly backend: Backend;
  /** What was tried before it, a sentence each. */
  readonly notes: readonly string[];
}

/** What explaining needs of where it runs: Node, or a page. */
export interface Platform {
  readonly places: NamedPlaces & {
    readonly fileAt: (place: Place) => NamedFile;
    /** The model that a path leads to. */
    readonly modelAt: (place: Place) => Promise<NamedFile>;
    /** The images that a path leads to: one, or those of a folder. */
    readonly imagesAt: (place: Place) => Promise<FoundFiles>;
  };
  readonly backendIds: readonly string[];
  /** Opens a backend by its name, else on the first runtime that is there.
   * @throws PatternLensError `backend-unavailable` with the remedy. */
  readonly openBackend: (id: string | undefined) => Promise<OpenedBackend>;
  readonly decoder: ImageDecoder;
  readonly renderer: () => Promise<PictureRenderer>;
}
