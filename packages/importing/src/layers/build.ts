import { activate, activateBehind, rectifyByParameter } from './activation.js';
import { convolve, convolveTransposed } from './convolution.js';
import { multiplyLast } from './dense.js';
import * as elementwise from './elementwise.js';
import * as layout from './layout.js';
import * as normalisation from './normalisation.js';
import * as pooling from './pooling.js';
import { resize } from './resize.js';

/** What builds layers: functions of the context, the place, the values that are read, and what is done with them in terms of the model's axes. */
export const build = {
  ...elementwise,
  ...layout,
  ...normalisation,
  ...pooling,
  activate,
  activateBehind,
  convolve,
  convolveTransposed,
  multiplyLast,
  rectifyByParameter,
  resize,
} as const;
