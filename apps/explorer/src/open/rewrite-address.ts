/** An address that is fetched. */
export interface FetchedAddress {
  readonly url: string;
  readonly host: string;
  /** What the file is called there. */
  readonly name: string;
}

/** Addresses of pages that show a file, as addresses of the file itself. */
const REWRITES: readonly (readonly [page: RegExp, file: string])[] = [
  [
    /^https:\/\/github\.com\/([^/]+)\/([^/]+)\/(?:blob|raw)\/(.+)$/,
    'https://raw.githubusercontent.com/$1/$2/$3',
  ],
  [/^(https:\/\/huggingface\.co\/.+?)\/blob\/(.+)$/, '$1/resolve/$2'],
];

/** Reads an address as it was typed; undefined where it is none. */
export function rewriteAddress(text: string): FetchedAddress | undefined {
  const typed = text.trim();
  const withScheme = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(withScheme) || !/[./:]/.test(typed)) return undefined;
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const whole = url.href.replace(/#.*$/s, '').replace(/\?raw=true$/, '');
  const found = REWRITES.find(([page]) => page.test(whole));
  const href = found ? whole.replace(found[0], found[1]) : whole;
  const { host, pathname } = new URL(href);
  return { url: href, host, name: decoded(pathname.split('/').at(-1)!) || 'file' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
