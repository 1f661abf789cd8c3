import { rm, stat } from 'node:fs/promises';
import type { CanonicalNetwork } from '@patternlens/core';
import {
  readCheckpoint as read,
  writeCheckpoint as write,
  type FitCheckpoint,
  type FitIdentity,
} from '@patternlens/core/patterns';
import { fileSource } from '@patternlens/explain/node';
import { writeWhole } from '../output/write-whole.js';

/** The file that a fit into `out` keeps its checkpoint in. */
export const checkpointPath = (out: string): string => `${out}.partial`;

export async function hasCheckpoint(out: string): Promise<boolean> {
  return (await stat(checkpointPath(out)).catch(() => undefined))?.isFile() === true;
}

/** Replaces the checkpoint of a fit: the old one is there until the new one is whole. */
export const writeCheckpoint = (
  out: string,
  network: CanonicalNetwork,
  identity: FitIdentity,
  checkpoint: FitCheckpoint,
): Promise<void> => writeWhole(checkpointPath(out), write(network, identity, checkpoint));

export const removeCheckpoint = (out: string): Promise<void> =>
  rm(checkpointPath(out), { force: true });

/** Reads the checkpoint of a fit into `out`.
 * @throws PatternLensError `pattern-mismatch` naming what is different from the fit that is to go on. */
export async function readCheckpoint(
  out: string,
  network: CanonicalNetwork,
  identity: FitIdentity,
): Promise<FitCheckpoint> {
  const path = checkpointPath(out);
  return read(await fileSource(path), network, identity, path);
}
