import type { AppState } from './app-state.js';
import type { LoadedFile } from './page-state.js';

/** Loads a file and tells how far it is, by its name.
 * @throws where the server does not have it. */
export async function loadFile({ page }: AppState, name: string, url: string): Promise<Blob> {
  const tell = (file: LoadedFile | undefined): void => {
    const others = page.loading.peek().filter((each) => each.name !== name);
    page.loading.value = file ? [...others, file] : others;
  };
  tell({ name, loaded: 0 });
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${name}: the server answered ${response.status}.`);
    const length = Number(response.headers.get('content-length'));
    const total = length > 0 ? length : undefined;
    // Chromium reports a request as broken off whose body is read piece by piece only.
    const content = response.clone().blob();
    let loaded = 0;
    const reader = response.body!.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      loaded += value.length;
      tell({ name, loaded, total });
    }
    return await content;
  } finally {
    tell(undefined);
  }
}
