/** Sentences of the page without its head. */
export const EMBED_WORDS = { whole: 'Open the whole page' } as const;
