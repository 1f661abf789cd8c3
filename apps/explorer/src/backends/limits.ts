/** Explanations of two backends are the same up to this, relative L2 under equal gates. */
export const LIMIT = 1e-4;
