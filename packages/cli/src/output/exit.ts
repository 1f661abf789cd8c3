/** Exit codes of the command, which other programs look at. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unusable: 3, gate: 4, interrupted: 130 } as const;
