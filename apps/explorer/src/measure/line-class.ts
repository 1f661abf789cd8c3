/** Lines that are told apart by their colour and their dashes. */
const LINES = 8;

/** The class of a method's line, by its place among those that were measured. */
export const lineClass = (index: number): string => `line-${index % LINES}`;
