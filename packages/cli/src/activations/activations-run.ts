import type { Backend, Network, PatternSet, Start } from '@patternlens/core';
import type { Method } from '@patternlens/core/tracing';
import type { JoinedInputs } from '@patternlens/explain/node';
import type { ChannelChoice } from '../arguments/parse-channels.js';
import type { OpenedModel } from '../models/open-model.js';
import type { Staging } from '../output/staging.js';

/** What is looked for, how it is projected back, and where to. */
export interface ActivationsRun {
  readonly model: OpenedModel;
  /** The network that the method is applied to, up to the layer. */
  readonly explained: Network;
  readonly inputs: JoinedInputs;
  readonly layer: string;
  readonly channels: ChannelChoice;
  readonly top: number;
  readonly method: Method;
  readonly patterns?: PatternSet | undefined;
  readonly start?: Start | undefined;
  readonly backend: Backend;
  readonly batch: number;
  readonly pictures: boolean;
  readonly staging: Staging;
  readonly signal: AbortSignal;
  readonly onSamples: (done: number, total: number) => void;
  readonly onChannels: (done: number, total: number) => void;
}
