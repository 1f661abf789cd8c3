import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Chooses something in a menu by its name. */
export async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Chooses something in the menu `Export`, and gives the files that it saves by their names. */
export async function takenDownloads(
  page: Page,
  item: string,
  count: number,
): Promise<ReadonlyMap<string, Buffer>> {
  const downloads: Promise<readonly [string, Buffer]>[] = [];
  await new Promise<void>((done, failed) => {
    const late = setTimeout(() => {
      failed(new Error(`${item}: ${downloads.length} of ${count} files were saved.`));
    }, 60_000);
    page.on('download', (download) => {
      downloads.push(
        download.path().then((path) => [download.suggestedFilename(), readFileSync(path)] as const),
      );
      if (downloads.length < count) return;
      clearTimeout(late);
      done();
    });
    choose(page, 'Export', item).catch(failed);
  });
  page.removeAllListeners('download');
  return new Map(await Promise.all(downloads));
}
