import type { AppState } from '../state/app-state.js';

/** A size of a file: `17 KB`, `3.2 MB`. */
const sizeText = (bytes: number): string =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** What is loaded, how large it is, and how far it came; empty where nothing is. */
export const loadingText = ({ page }: Pick<AppState, 'page'>): string =>
  page.loading.value
    .map(({ name, loaded, total }) =>
      total === undefined
        ? `${name} ${sizeText(loaded)}`
        : `${name} ${sizeText(total)}, ${Math.floor((100 * loaded) / total)} %`,
    )
    .map((text, at) => (at === 0 ? `Loading ${text}` : text))
    .join(' · ');
