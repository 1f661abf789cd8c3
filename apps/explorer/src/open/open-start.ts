import type { App } from '../state/app.js';
import type { HashRequest } from '../state/hash.js';
import { OPEN_WORDS } from '../words/open.js';
import { openDefaultModel } from './default-model.js';
import { generatedStart } from './generated-source.js';
import { openStateOf } from './open-state.js';
import { takeHandedAddress } from './handed-address.js';
import { tellFailure } from './tell.js';

const isOwn = (model: string | undefined): model is string =>
  model !== undefined && model !== 'default';

/** Files of a person's own that an address names. */
function ownFiles({ model, data }: HashRequest): string | undefined {
  const names = [
    ...(isOwn(model) ? [model] : []),
    ...(data === undefined || generatedStart(data) ? [] : [data]),
  ];
  return names.length === 0 ? undefined : names.join(' and ');
}

/** Opens what the address asks for: the bundled network on generated data, unless it names others, which have to be dropped. */
export async function openStart(app: App, request: HashRequest): Promise<void> {
  const { state } = app;
  const open = openStateOf(app);
  const start = generatedStart(request.data ?? 'generated') ?? { seed: 7, first: 0 };
  const missing = ownFiles(request);
  const isDefault = !isOwn(request.model);
  // A class of another network is none of this one.
  if (!isDefault) state.target.value = 'top';
  const shown = { ...start, index: isDefault ? (request.index ?? 0) : 0 };
  const output = isDefault ? request.output : undefined;
  try {
    await openDefaultModel(app, { ...shown, output });
  } catch (thrown) {
    if (output === undefined) throw thrown;
    await openDefaultModel(app, shown);
    tellFailure(app, thrown);
  }
  if (missing !== undefined) {
    open.wanted.value = request;
    state.trouble.value = { code: 'link', sentence: OPEN_WORDS.link(missing) };
  }
  const address = takeHandedAddress();
  if (address === undefined) return;
  open.address.value = address;
  const { loadAddress } = await import('./load-address.js');
  await loadAddress(app, address);
}
