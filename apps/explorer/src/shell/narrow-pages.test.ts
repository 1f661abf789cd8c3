import type { Page } from 'playwright-core';
import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;
const VIEWS = ['layers', 'fit', 'measure', 'backends', 'learn', 'explain'];

/** Shows a view, and waits until it is loaded. */
async function show(page: Page, view: string): Promise<void> {
  await page.evaluate(`location.hash = location.hash.replace(/view=\\w+/, 'view=${view}')`);
  await untilTrue(page, `document.getElementById('view-${view}').childElementCount > 0`);
  await page.evaluate('patternlens.idle()');
}

maybe('narrow pages', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it.each([320, 390, 720])(
    'have no sideways scroll at %i pixels, and views leave each other as they are',
    async (width) => {
      const { page, check } = await site.open({
        hash: '#methods=gradient',
        viewport: { width, height: 640 },
      });
      const mapWidth = (): Promise<number> =>
        page.evaluate(`document.querySelector('.known .stage').getBoundingClientRect().width`);
      const before = await mapWidth();
      for (const view of VIEWS) {
        await show(page, view);
        const wider = await page.evaluate<number>(
          'document.documentElement.scrollWidth - innerWidth',
        );
        expect([view, wider]).toEqual([view, 0]);
      }
      expect(await mapWidth()).toBe(before);
      check();
      await page.context().close();
    },
    60_000,
  );
});
