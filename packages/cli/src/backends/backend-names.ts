import { suggestion } from '@patternlens/core';
import {
  BACKEND_IDS,
  MEASURED,
  PREFERRED,
  runsHere,
  type BackendId,
} from '@patternlens/explain/node';
import { UsageError } from '../arguments/usage-error.js';

/** Every backend and where it runs, as help has it. */
export const BACKENDS_HELP = `${MEASURED.join(', ')} or reference (default: the first that is installed of ${PREFERRED.join(', ')}); ${BACKEND_IDS.filter((id) => !runsHere(id)).join(', ')} run in browsers only`;

/** @throws UsageError for a name that is none, with the nearest right one. */
export function parseBackend(text: string): BackendId {
  if ((BACKEND_IDS as readonly string[]).includes(text)) return text as BackendId;
  throw new UsageError(
    `--backend: there is no backend "${text}". ${suggestion(text, BACKEND_IDS)}`,
  );
}
