import { BROWSER_BACKENDS } from '@patternlens/page';

/** All backends of the page: those of browsers, and the float64 reference. */
export const BACKEND_IDS = [...BROWSER_BACKENDS, 'reference'] as const;

export type BackendId = (typeof BACKEND_IDS)[number];
