import type { Page } from 'playwright-core';
import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;

interface Told {
  readonly toy: { angle: number; w: [number, number]; a: [number, number] };
  readonly tour: { step: number; of: number } | null;
  readonly view: string;
}

const stateOf = (page: Page): Promise<Told> => page.evaluate('patternlens.state()');

maybe('learning by touch', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('turns w with the distractor, by keys and by pointer, and leaves a', async () => {
    const { page, check } = await site.open({ hash: '#view=learn&methods=gradient' });
    const slider = page.getByRole('slider', { name: 'Angle of the distractor' });
    await slider.press('ArrowRight');
    await untilTrue(page, 'patternlens.state().toy.angle === 46');
    const plane = (await page.locator('svg.plane').boundingBox())!;
    const [x, y] = [plane.x + plane.width / 2, plane.y + plane.height / 2];
    await page.mouse.move(x, y - 100);
    await page.mouse.down();
    await page.mouse.move(x - 100, y - 100);
    await page.mouse.up();
    const { toy } = await stateOf(page);
    expect(toy.angle).toBe(135);
    // At 135 degrees the distractor is (-1, 1): w = (1, 1).
    expect(toy.w[0]).toBeCloseTo(1, 9);
    expect(toy.w[1]).toBeCloseTo(1, 9);
    expect(toy.a[1]).toBeCloseTo(0, 9);
    check();
    await page.context().close();
  }, 60_000);

  it('leads through five steps by keyboard, is linked, and ends by Escape', async () => {
    const { page, check } = await site.open({ hash: '#view=learn&tour=2&methods=gradient' });
    const tour = page.getByRole('dialog', { name: 'Tour' });
    await tour.getByText('Step 2 of 5').waitFor();
    expect((await stateOf(page)).view).toBe('layers');
    for (const [step, view] of [
      [3, 'explain'],
      [4, 'explain'],
      [5, 'measure'],
    ] as const) {
      await page.keyboard.press('Enter');
      await tour.getByText(`Step ${step} of 5`).waitFor();
      expect((await stateOf(page)).view).toBe(view);
    }
    expect(page.url()).toContain('tour=5');
    await tour.getByRole('button', { name: 'Back' }).click();
    await page.keyboard.press('Escape');
    await untilTrue(page, 'patternlens.state().tour === null');
    expect(page.url()).not.toContain('tour=');
    check();
    await page.context().close();
  }, 60_000);
});
