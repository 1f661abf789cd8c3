/** What `Load` hands to the page that may ask other hosts. */
const KEY = 'patternlens-load';

/** Keeps an address for the next page of this tab.
 * @returns Whether the browser lets it. */
export function handAddress(address: string): boolean {
  try {
    sessionStorage.setItem(KEY, address);
    return true;
  } catch {
    return false;
  }
}

/** The address that a person asked for on the page before, once. */
export function takeHandedAddress(): string | undefined {
  try {
    const address = sessionStorage.getItem(KEY) ?? undefined;
    sessionStorage.removeItem(KEY);
    return isOpenPage() ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this page's policy lets it ask other hosts. */
export const isOpenPage = (): boolean =>
  document
    .querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')
    ?.content.includes(' https:') ?? false;
