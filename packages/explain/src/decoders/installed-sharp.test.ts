import sharp from 'sharp';
import { importInstalled } from '../backends/import-runtime.js';
import { installedSharp } from './installed-sharp.js';

jest.mock('../backends/import-runtime.js', () => ({ importInstalled: jest.fn() }));
const installed = jest.mocked(importInstalled);

test('sharp is looked for when the first image is decoded; where it is missing, what to install is said', async () => {
  const png = await sharp({
    create: { width: 2, height: 1, channels: 3, background: { r: 1, g: 2, b: 3 } },
  })
    .png()
    .toBuffer();
  expect(installed).not.toHaveBeenCalled();
  installed.mockResolvedValueOnce(undefined);
  await expect(installedSharp.decode(png)).rejects.toMatchObject({
    code: 'backend-unavailable',
    sentence: expect.stringMatching(
      /sharp, which is not installed\. Run: npm install sharp/,
    ) as string,
  });
  // It may be installed meanwhile.
  installed.mockResolvedValue({ default: sharp });
  const { data, width, height } = await installedSharp.decode(png);
  expect([width, height, ...data]).toEqual([2, 1, 1, 2, 3, 1, 2, 3]);
  await installedSharp.decode(png);
  expect(installed.mock.calls).toEqual([['sharp'], ['sharp']]);
});
