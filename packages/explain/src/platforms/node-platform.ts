import { fileURLToPath } from 'node:url';
import { BACKEND_IDS, type BackendId } from '../backends/backend-ids.js';
import { openBackend } from '../backends/open-backend.js';
import type { Place, Platform } from '../call/platform.js';
import { installedSharp } from '../decoders/installed-sharp.js';
import { diskFile, isFile } from '../files/disk-file.js';
import { statOf } from '../files/file-bytes.js';
import { placedFile } from '../files/held-files.js';
import { imagesIn } from '../files/image-folder.js';
import { modelInFolder } from '../files/model-path.js';
import type { NamedFile } from '../files/named-file.js';

/** The path on the disk that a place is; undefined for an address of the web. */
function pathOf(place: Place): string | undefined {
  const text = typeof place === 'string' ? place : place.href;
  if (/^file:/i.test(text)) return fileURLToPath(text);
  return /^(https?|blob|data):/i.test(text) ? undefined : text;
}

function fileAt(place: Place): NamedFile {
  const path = pathOf(place);
  return path === undefined ? placedFile(place) : diskFile(path);
}

/** Node: files and folders of the disk, runtimes and sharp as they are installed. */
export const nodePlatform: Platform = {
  places: {
    fileAt,
    isFile,
    modelAt: async (place) => {
      const path = pathOf(place);
      return path === undefined ? placedFile(place) : diskFile(await modelInFolder(path), path);
    },
    imagesAt: async (place) => {
      const path = pathOf(place);
      if (path === undefined || !(await statOf(path)).isFolder) return { files: [fileAt(place)] };
      const { paths, leftOut } = await imagesIn(path);
      return {
        files: paths.map((image) => diskFile(image)),
        leftOut: leftOut && `${path}: ${leftOut}`,
      };
    },
  },
  backendIds: BACKEND_IDS,
  openBackend: async (id) => ({
    backend: await openBackend(id as BackendId | undefined),
    notes: [],
  }),
  decoder: installedSharp,
  renderer: async () => (await import('@patternlens/heatmap/node')).nodeRenderer(),
};
