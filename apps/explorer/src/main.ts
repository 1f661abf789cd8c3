import '@patternlens/page/tokens.css';
import './styles/page.css';
import { offerContract, patternLensObject } from './contract/patternlens-object.js';
import { checkCurrent } from './backends/check-current.js';
import { watchBackend } from './backends/watch-backend.js';
import { startWorker } from './compute/start-worker.js';
import { Engine } from './compute/engine.js';
import { checkTarget } from './explain/check-target.js';
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
import { startTheme } from './shell/theme.js';
import type { App } from './state/app.js';
import { createAppState } from './state/app-state.js';
import { applyHash } from './state/apply-hash.js';
import { startLinkedTour } from './learn/linked-tour.js';
import { followAddress } from './state/follow-address.js';
import { parseHash, readHash } from './state/hash.js';
import { keepHistory } from './state/history.js';
import { keepAddress } from './state/keep-address.js';
import { readSample } from './state/read-sample.js';
import { track } from './state/track.js';

const state = createAppState();
const engine = new Engine(startWorker, ownAddress('runtimes/'));
const explaining = explainCurrent({ state, engine });
const app: App = { state, engine, explaining, address: ownAddress };

startTheme();
offerContract(patternLensObject(app));
const values = parseHash(location.hash);
const request = readHash(values);
applyHash(state, request);
const host = document.getElementById('app')!;
takeEmbed(host);
showShell(app, host);
readSample(state);
checkTarget(state);
watchBackend(app);
checkCurrent(app);
markFirst(state);
keepAddress(state, values);
acceptFiles(app);
takeKeys(app, keepHistory(state));
followAddress(
  state,
  (asked) => void track(state, 'Opening what the link asks for', () => openStart(app, asked)),
);
closeMenusOutside();
keepForOffline(app);
void track(state, 'Opening the bundled network', () => openStart(app, request));
if (request.tour !== undefined) void startLinkedTour(app, request.tour);
