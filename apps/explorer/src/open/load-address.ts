import { messageOf } from '@patternlens/core';
import type { App } from '../state/app.js';
import { CallFailure } from '../compute/call-failure.js';
import { shardPaths } from '../compute/shard-paths.js';
import { track } from '../state/track.js';
import { OPEN_WORDS } from '../words/open.js';
import type { GivenFile } from './given-file.js';
import { handAddress, isOpenPage } from './handed-address.js';
import { openStateOf } from './open-state.js';
import { rewriteAddress, type FetchedAddress } from './rewrite-address.js';
import { takeFiles } from './take-files.js';

/** A browser holds no more in one piece. */
const MOST_BYTES = 2 * 1024 ** 3;

const failed = (sentence: string, cause?: unknown): CallFailure =>
  new CallFailure({
    code: 'failed',
    sentence,
    subject: {},
    ...(cause === undefined ? {} : { cause: messageOf(cause) }),
  });

/** Whether a host answers at all: then it is the server's policy that hides the file. */
const answers = (url: string, signal: AbortSignal): Promise<boolean> =>
  fetch(url, { mode: 'no-cors', signal, referrerPolicy: 'no-referrer' }).then(
    () => true,
    () => false,
  );

async function responseOf(
  { url, host, name }: FetchedAddress,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(url, {
    signal,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  }).catch(async (cause: unknown): Promise<never> => {
    if (signal.aborted) throw cause;
    throw failed(
      (await answers(url, signal)) ? OPEN_WORDS.noCors(host) : OPEN_WORDS.unreachable(host),
      cause,
    );
  });
  if (!response.ok) throw failed(OPEN_WORDS.status(name, host, response.status));
  return response;
}

/** Fetches a file, and tells how far it is. */
async function fetched(app: App, address: FetchedAddress, signal: AbortSignal): Promise<GivenFile> {
  const { loading } = openStateOf(app);
  const { name } = address;
  const response = await responseOf(address, signal);
  const total = Number(response.headers.get('content-length')) || undefined;
  if (total !== undefined && total > MOST_BYTES) throw failed(OPEN_WORDS.addressTooLarge(name));
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  const reader = response.body!.getReader();
  for (;;) {
    loading.value = { name, done, total };
    const piece = await reader.read();
    if (piece.done) break;
    pieces.push(piece.value);
    done += piece.value.length;
    if (done > MOST_BYTES) throw failed(OPEN_WORDS.addressTooLarge(name));
  }
  return { path: name, content: new Blob(pieces) };
}

const isModelJson = ({ path }: GivenFile): boolean => path.endsWith('.json');

/** The shards that lie beside a `model.json` on its host. */
async function shardsOf(
  app: App,
  address: FetchedAddress,
  model: GivenFile,
  signal: AbortSignal,
): Promise<GivenFile[]> {
  if (!isModelJson(model)) return [];
  let paths: readonly string[];
  try {
    paths = shardPaths(await model.content.text());
  } catch {
    return [];
  }
  const shards: GivenFile[] = [];
  for (const path of paths) {
    const beside = rewriteAddress(new URL(path, address.url).href);
    if (beside?.host !== address.host) continue;
    shards.push({ ...(await fetched(app, beside, signal)), path });
  }
  return shards;
}

/** External data of an ONNX file that lie beside it on its host, once the reader has named them. */
async function loadMissing(app: App, address: FetchedAddress, signal: AbortSignal): Promise<void> {
  const open = openStateOf(app);
  const missing = open.missing.peek();
  if (!open.waiting.peek() || missing.length === 0) return;
  const files: GivenFile[] = [];
  for (const path of missing) {
    const beside = rewriteAddress(new URL(path, address.url).href);
    if (beside?.host !== address.host) continue;
    files.push({ ...(await fetched(app, beside, signal)), path });
  }
  if (files.length > 0) await takeFiles(app, files);
}

/** Whether this page has to go to the one that may ask other hosts. */
const needsOpenPage = (url: string): boolean =>
  new URL(url).origin !== location.origin && !isOpenPage();

/** Goes to the page that may ask other hosts, which loads the address there. */
function goToOpenPage(app: App, address: string): void {
  handAddress(address);
  location.assign(app.address('open.html'));
}

let running = new AbortController();

/** Stops loading. */
export const stopLoading = (): void => {
  running.abort();
};

/** Loads an address and opens what it leads to; what goes wrong is told in the dialog. */
export async function loadAddress(app: App, text: string): Promise<void> {
  const open = openStateOf(app);
  const address = rewriteAddress(text);
  open.loadTrouble.value = undefined;
  if (!address) {
    open.loadTrouble.value = OPEN_WORDS.noAddress;
    return;
  }
  if (needsOpenPage(address.url)) {
    goToOpenPage(app, text);
    return;
  }
  running.abort();
  running = new AbortController();
  const { signal } = running;
  await track(app.state, `Loading ${address.name}`, async () => {
    try {
      const model = await fetched(app, address, signal);
      const shards = await shardsOf(app, address, model, signal);
      open.loading.value = undefined;
      open.dialog.value = undefined;
      await takeFiles(app, [model, ...shards]);
      await loadMissing(app, address, signal);
    } catch (thrown) {
      if (signal.aborted) return;
      open.loadTrouble.value = messageOf(thrown);
      open.dialog.value = 'model';
      throw thrown;
    } finally {
      open.loading.value = undefined;
    }
  });
}
