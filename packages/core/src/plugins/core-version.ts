/** The version of this package; a test holds it to the manifest's. */
export const CORE_VERSION = '0.1.0';

/** The major version in `1`, `1.2.3` or `^1.2`; undefined where the text is no version. */
export function majorOf(version: unknown): number | undefined {
  const found = /^[\^~]?(\d{1,6})(\.(\d+|x)){0,2}([-+][\w.+-]+)?$/.exec(String(version));
  return found ? Number(found[1]) : undefined;
}
