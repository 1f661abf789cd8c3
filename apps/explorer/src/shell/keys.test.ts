import { NO_SITE, openSite, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;

maybe('keys of the page', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('cancel what a view does by Escape', async () => {
    const { page, check } = await site.open({ hash: '#view=backends&methods=gradient' });
    await page.getByRole('button', { name: 'Compare backends' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate('patternlens.idle()');
    const statuses = await page.evaluate<string[]>(
      'patternlens.state().backends.map(({ status }) => status)',
    );
    expect(statuses.filter((status) => status !== 'done').length).toBeGreaterThan(0);
    check();
    await page.context().close();
  }, 60_000);
});
