import { METHODS, resolveNetwork } from '@patternlens/core';
import { modelFacts, type ModelFacts } from '../model-facts.js';
import type { ModelFiles } from '../model-files.js';
import { readModel } from '../read-model.js';
import { dropExplainers, type Session } from '../session.js';

/** Reads a model into the worker; the one before stays where this one is refused.
 * @throws PatternLensError as `readOnnx` and `readTfjsModel` do. */
export async function openModel(session: Session, files: ModelFiles): Promise<ModelFacts> {
  const network = resolveNetwork(await readModel(files));
  const facts = modelFacts(files, network, METHODS);
  await dropExplainers(session);
  session.model = { network, methods: METHODS };
  session.patterns = undefined;
  return facts;
}
