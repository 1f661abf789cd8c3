/** An image `[N, C, height, width]` as its four quarters: even and odd rows of even and odd columns, each of `rows x columns`. */
export interface Phases {
  /** Even rows and columns, even rows and odd columns, odd rows and even columns, odd rows and columns. */
  readonly quarters: readonly [string, string, string, string];
  readonly rows: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
  /** Where the image's sizes are odd, some quarters reach beyond its end. A window may read them only where zeros stand there; what a convolution made
   * of them is anything. */
  readonly zerosBehind: boolean;
}

export const phaseAt = (phases: Phases, row: number, column: number): string =>
  phases.quarters[row * 2 + column]!;
