import '@patternlens/page/tokens.css';
import './styles/page.css';
import { offerContract, patternLensObject } from './contract/patternlens-object.js';
import { startWorker } from './compute/start-worker.js';
import { Engine } from './compute/engine.js';
import { explainCurrent } from './explain/explain-current.js';
import { markFirst } from './explain/mark-first.js';
import { acceptFiles } from './open/accept-files.js';
import { openStart } from './open/open-start.js';
import { takeEmbed } from './share/embed.js';
import { keepForOffline } from './share/keep-for-offline.js';
import { closeMenusOutside } from './share/menu-button.js';
import { takeKeys } from './shell/keys.js';
import { ownAddress } from './shell/own-address.js';
import { showShell } from './shell/shell.js';
import type { App } from './state/app.js';
import { createAppState } from './state/app-state.js';
import { applyHash } from './state/apply-hash.js';
import { parseHash, readHash } from './state/hash.js';
import { keepAddress } from './state/keep-address.js';
import { readSample } from './state/read-sample.js';
import { track } from './state/track.js';

const state = createAppState();
const app: App = {
  state,
  engine: new Engine(startWorker, ownAddress('runtimes/')),
  address: ownAddress,
};

offerContract(patternLensObject(app));
const values = parseHash(location.hash);
const request = readHash(values);
applyHash(state, request);
const host = document.getElementById('app')!;
takeEmbed(host);
showShell(app, host);
readSample(state);
explainCurrent(app);
markFirst(state);
keepAddress(state, values);
acceptFiles(app);
takeKeys(app);
closeMenusOutside();
keepForOffline(app);
void track(state, 'Opening the bundled network', () => openStart(app, request));
