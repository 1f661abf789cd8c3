import { openPageBackend, PAGE_BACKEND_IDS } from '../backends/page-backends.js';
import type { Platform } from '../call/platform.js';
import { canvasDecoder } from '@patternlens/data';
import { placedFile } from '../files/held-files.js';

/** A page, or its worker: addresses, and files as they are picked or dropped. Nothing is asked of a network but what is handed in. */
export const pagePlatform: Platform = {
  places: {
    fileAt: placedFile,
    isFile: () => Promise.resolve(false),
    modelAt: (place) => Promise.resolve(placedFile(place)),
    imagesAt: (place) => Promise.resolve({ files: [placedFile(place)] }),
  },
  backendIds: PAGE_BACKEND_IDS,
  openBackend: openPageBackend,
  decoder: canvasDecoder,
  renderer: async () => (await import('@patternlens/heatmap/page')).pageRenderer(),
};
