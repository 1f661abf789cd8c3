import type { App } from '../state/app.js';
import { formatHash, hashOf, parseHash } from '../state/hash.js';

/** Longer addresses are cut by some programs that pass them on. */
export const LONGEST_LINK = 2000;

/** The address that opens the page as it is now; keys of the address that are not the page's own stay. */
export function linkText({ state }: App): string {
  const given = parseHash(location.hash);
  const address = new URL(location.href);
  address.searchParams.delete('embed');
  address.hash = formatHash({ ...given, ...hashOf(state) });
  return address.href;
}

/** Names of a person's own files, which a link names and does not hold. */
export function ownFilesOf({ state }: App): readonly string[] {
  const model = state.model.value;
  const source = state.place.value?.set.source;
  return [
    ...(model && model.files.path !== 'default' ? [model.files.path] : []),
    ...(source !== undefined && !source.startsWith('generated') ? [source] : []),
  ];
}
