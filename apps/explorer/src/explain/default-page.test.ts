import { NO_SITE, openSite, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;

maybe('the page as it opens', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('explains the bundled network, and asks nobody else for anything', async () => {
    const { page, check } = await site.open();
    const state = await page.evaluate<{
      status: string;
      methods: { id: string; status: string; sum: number }[];
    }>('patternlens.state()');
    check();
    expect(state.status).toBe('ready');
    expect(state.methods.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'gradient done',
      'deconvnet done',
      'guided-backprop done',
      'pattern-net done',
      'lrp-alpha1-beta0 done',
      'pattern-attribution done',
    ]);
    await page.context().close();
  }, 60_000);
});
