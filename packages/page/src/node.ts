export { findChromium, NO_CHROMIUM } from './node/find-chromium.js';
export { openChromium } from './node/open-chromium.js';
export { serveFolder, type ServedFolder, type ServeOptions } from './node/serve-folder.js';
