import type { BenchmarkProgress } from '@patternlens/benchmark';

/** Says once of each method and backend that it is being measured.
 * @param whole Says of every step how far all is, instead. */
export function announcer(
  say: (line: string) => void,
  whole: boolean,
): (progress: BenchmarkProgress) => void {
  const said = new Set<string>();
  return ({ step, backend, method, batch, done, total }) => {
    const what = method === undefined ? backend : `${backend}  ${method}`;
    if (whole) {
      const place = String(done + 1).padStart(String(total).length);
      const size = batch === undefined || batch === 1 ? '' : `  batch ${batch}`;
      say(`${place}/${total}  ${step.padEnd(7)}  ${what}${size}`);
    } else if (method !== undefined && !said.has(what)) {
      said.add(what);
      say(what);
    }
  };
}
