import type { ImageSize } from '../preprocessing/plan-geometry.js';
import type { StoredOrientation } from './exif-orientation.js';

/** What a file tells of its image before it is decoded: the size as it is stored, which may have to be turned yet. */
export interface ImageHeader extends ImageSize {
  /** Absent where the image stands upright, or every decoder turns it by itself. */
  readonly orientation?: StoredOrientation | undefined;
  /** The part of the file that holds the orientation, where it has a checksum: it can only be left out as a whole. */
  readonly chunk?: readonly [start: number, end: number];
}
