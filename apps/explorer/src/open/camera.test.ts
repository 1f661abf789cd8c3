import { openChromium, serveFolder } from '@patternlens/page/node';
import { join } from 'node:path';
import { NO_SITE } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;
const SITE = join(__dirname, '../../dist/site');

maybe('the camera', () => {
  it('takes one picture, which becomes a sample once it is known how pixels become inputs', async () => {
    await using served = await serveFolder({ folders: { '/': SITE }, isolate: false });
    const browser = await openChromium([
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ]);
    try {
      const page = await browser.newPage();
      await page.goto(`${served.url}#methods=gradient`);
      await page.evaluate('patternlens.ready');
      await page.getByRole('button', { name: 'Camera' }).click();
      await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
      await page.getByRole('button', { name: 'Take a picture' }).click();
      await page.getByRole('dialog', { name: 'Preprocessing' }).waitFor();
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('option', { name: 'camera-1.png' }).waitFor();
      await page.evaluate('patternlens.idle()');
      const { sample } = await page.evaluate<{ sample: { source: string } }>('patternlens.state()');
      expect(sample.source).toBe('camera-1.png');
      // Colours of the test picture, not a blank.
      const { data } = await page.evaluate<{ data: Record<number, number> }>(
        `(({ data }) => ({ data: Array.from(data) }))(patternlens.input())`,
      );
      expect(new Set(Object.values(data)).size).toBeGreaterThan(10);
    } finally {
      await browser.close();
    }
  }, 60_000);
});
