import type {
  ExplainedMap,
  LookOptions,
  RendererParts,
  Sheet,
  SheetOptions,
} from '@patternlens/heatmap';

/** A picture to be drawn. */
export type PictureJob =
  | { readonly draw: 'png' | 'svg'; readonly map: ExplainedMap; readonly look: LookOptions }
  | { readonly draw: 'sheet'; readonly sheet: Sheet; readonly look: SheetOptions };

/** What the page sends to the worker that draws: the renderer's parts first, then jobs. */
export type PictureRequest =
  { readonly parts: RendererParts } | { readonly id: number; readonly job: PictureJob };
