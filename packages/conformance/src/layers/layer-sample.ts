import type { Shape } from '@patternlens/core';
import type { Layer } from '@patternlens/core/network';
import type { Draw } from './draw.js';

/** A layer, named `layer`, that reads `x`, or `x`, `x1`, ... where it reads several values. */
export interface LayerSample {
  readonly name: string;
  /** The kind of layer, as the support report has it. */
  readonly subject: string;
  readonly layer: Layer;
  /** With the batch at axis 0, one for each of the layer's inputs. */
  readonly inputs: readonly Shape[];
  readonly draw: Draw;
  /** Inputs are drawn without negative values; default: no. */
  readonly positive?: boolean | undefined;
}
