import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;

maybe('window.patternlens', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('hands out copies, so that nobody changes the page by them', async () => {
    const { page, check } = await site.open({ hash: '#methods=gradient' });
    const isSame = await page.evaluate<boolean>(`(() => {
      const before = JSON.stringify(patternlens.state());
      const state = patternlens.state();
      state.toy.w[0] = 99;
      state.fit.done = 99;
      state.output[0] = 99;
      patternlens.input().data[0] = 99;
      return JSON.stringify(patternlens.state()) === before && patternlens.input().data[0] !== 99;
    })()`);
    expect(isSame).toBe(true);
    check();
    await page.context().close();
  }, 60_000);

  it('tells the target where no method is ticked', async () => {
    const { page, check } = await site.open({ hash: '#methods=&i=0' });
    const target = (): Promise<unknown> => page.evaluate('patternlens.state().target');
    expect(await target()).toMatchObject({ index: 3, name: 'boot' });
    await page.keyboard.press(']');
    expect(await target()).not.toMatchObject({ name: 'boot' });
    check();
    await page.context().close();
  }, 60_000);

  it('tells all that is wrong with a link, and is ready all the same', async () => {
    const { page, check } = await site.open({ hash: '#i=1.5&view=nope&target=nope&foo=b%20r' });
    expect(await page.getByRole('status').textContent()).toMatch(
      /link's view "nope" .* link's i "1.5" .* “nope” is no class/s,
    );
    expect(new URL(page.url()).hash).toMatch(/&i=0&target=top&.*&view=explain&.*&foo=b%20r$/);
    check();
    await page.context().close();
  }, 60_000);

  it('says that a sample of the link is not there', async () => {
    const { page, check } = await site.open({ hash: '#methods=gradient&i=99999' });
    await untilTrue(page, 'patternlens.state().sample.index === 23');
    expect(await page.getByRole('status').textContent()).toContain('There is no sample 99999');
    check();
    await page.context().close();
  }, 60_000);
});
