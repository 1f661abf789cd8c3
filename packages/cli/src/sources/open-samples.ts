import {
  joinInputs,
  pixelsAsTheyAre,
  PIXELS_AS_THEY_ARE,
  type JoinedInputs,
} from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';
import { counted } from '../output/counted.js';
import { openSource } from './open-source.js';

/** How many samples are wanted of sources. */
export interface SamplesWanted {
  /** Of a source that has no end of its own, where no limit says otherwise. */
  readonly generated: number;
  readonly limit?: number | undefined;
  /** Told what of a folder is left out. */
  readonly say?: ((line: string) => void) | undefined;
}

/** Opens the sources of every input and puts their samples side by side.
 * @throws PatternLensError `invalid-argument` where inputs have different numbers of samples. */
export async function openSamples(
  model: OpenedModel,
  sources: ReadonlyMap<string, readonly string[]>,
  { generated, limit, say }: SamplesWanted,
): Promise<JoinedInputs> {
  const opened = await Promise.all(
    model.network.inputs.map(async ({ name, shape, batchAxis }) => {
      const options = {
        inputShape: shape,
        batchAxis,
        axes: model.network.axes.get(name)!,
        preprocessing: model.preprocessing,
        generated: limit ?? generated,
        say,
      };
      const all = await Promise.all(sources.get(name)!.map((text) => openSource(text, options)));
      return [name, all.flat()] as const;
    }),
  );
  return joinInputs(opened, limit);
}

/** Says where images go in without a preprocessing; it is never guessed. */
export function sayPixelsAsTheyAre(inputs: JoinedInputs, say: (line: string) => void): void {
  const images = pixelsAsTheyAre(inputs);
  if (images > 0) say(`${counted(images, 'image')}: ${PIXELS_AS_THEY_ARE}`);
}
