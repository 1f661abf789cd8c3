import { existsSync } from 'node:fs';

/** Where a Chromium is installed, as CHROMIUM_PATH says or in the usual places; undefined where there is none. */
export const findChromium = (): string | undefined =>
  [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((path): path is string => path !== undefined && path !== '' && existsSync(path));
