import type { TensorRecord } from '@patternlens/core';
import type { Program } from '@patternlens/core/backend';
import type { SentFailure } from './call-failure.js';

/** What one worker asks the backend of another for. Programs go as they are, without their listing. */
export type RemoteAsked =
  | { readonly compile: Omit<Program, 'toString'> }
  /** The handle that `compile` gave. */
  | { readonly run: number; readonly inputs: TensorRecord }
  | { readonly free: number };

export type RemoteRequest = { readonly id: number } & RemoteAsked;

export type RemoteReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: SentFailure };
