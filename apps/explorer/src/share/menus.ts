import '../styles/share.css';
import { signal } from '@preact/signals-core';
import { methodName } from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import { SHARE_WORDS as WORDS } from '../words/share.js';
import { commandFiles, commandText } from './command-text.js';
import { copyText } from './copy-text.js';
import { exportedNow, type Exported } from './exported.js';
import { LONGEST_LINK, linkText, ownFilesOf } from './link.js';
import { menuButton, type MenuAction, type MenuChoice, type MenuParts } from './menu-button.js';
import { numbersName } from './download-names.js';
import { saveFile } from './save-file.js';
import { stateFile } from './state-file.js';

/** The method whose map is exported, as its text; all of them where it is undefined or no longer ticked. */
const onlyMap = signal<string | undefined>(undefined);

/** What is exported: the chosen map, or all. */
function chosen(exported: Exported): Exported {
  const only = exported.methods.filter(({ method }) => method.text === onlyMap.value);
  return only.length === 0 ? exported : { ...exported, methods: only };
}

function mapChoices({ methods }: Exported): MenuChoice[] {
  const only = methods.find(({ method }) => method.text === onlyMap.value)?.method.text;
  const choice = (name: string, text: string | undefined): MenuChoice => ({
    name,
    checked: only === text,
    choose: () => {
      onlyMap.value = text;
    },
  });
  return [
    choice(WORDS.allMaps(methods.length), undefined),
    ...methods.map(({ method }) =>
      choice(
        Object.keys(method.parameters).length === 0 ? methodName(method.id) : method.text,
        method.text,
      ),
    ),
  ];
}

/** Explainers hold one program: methods that run many are left out, and named. */
async function saveExplainers(app: App, exported: Exported): Promise<string | undefined> {
  const isDriver = (id: string): boolean =>
    exported.model.facts.methods.find((method) => method.id === id)?.isDriver ?? false;
  const drivers = exported.methods.filter(({ method }) => isDriver(method.id));
  const names = drivers.map(({ method }) => methodName(method.id));
  const methods = exported.methods.filter((method) => !drivers.includes(method));
  if (methods.length === 0) throw new Error(WORDS.onlyDrivers(names));
  await (await import('./exports.js')).saveExplainers(app, { ...exported, methods });
  return names.length === 0 ? undefined : WORDS.noDrivers(names);
}

function exportActions(app: App, exported: Exported | undefined): MenuAction[] {
  const { state } = app;
  const lacking: string | undefined = exported ? undefined : WORDS.nothingYet;
  const action = (
    name: string,
    save: (exported: Exported) => Promise<string | undefined>,
    why = lacking,
  ): MenuAction => ({
    name,
    lacking: why,
    act: () => {
      state.note.value = WORDS.working(name);
      void track(state, name, async () => {
        state.note.value = (await save(chosen(exported!))) ?? WORDS.saved(name);
      });
    },
  });
  const files = () => import('./exports.js');
  const picture = (kind: 'png' | 'svg') => async (what: Exported) => {
    await (await files()).savePictures(app, what, kind);
    return state.look.peek().scope === 'map' ? undefined : WORDS.ownScale;
  };
  const done = (work: Promise<void>): Promise<undefined> => work.then(() => undefined);
  return [
    action(WORDS.png, picture('png')),
    action(WORDS.svg, picture('svg')),
    action(WORDS.sheet, async (what) => done((await files()).saveSheet(app, what))),
    action(WORDS.json, async (what) => done((await files()).saveNumbers(app, what))),
    action(WORDS.npy, async (what) => done((await files()).saveArrays(what))),
    action(WORDS.explainer, (what) => saveExplainers(app, what)),
    action(
      WORDS.patterns,
      async () => done((await files()).savePatterns(app)),
      lacking ?? (state.patterns.value ? undefined : WORDS.noPatterns),
    ),
  ];
}

async function copyLink(app: App): Promise<void> {
  const link = linkText(app);
  const own = ownFilesOf(app);
  if (!(await copyText(WORDS.copyLink, link))) return;
  app.state.note.value =
    link.length > LONGEST_LINK
      ? WORDS.linkTooLong(link.length)
      : own.length === 0
        ? WORDS.linkCopied
        : WORDS.linkNamesFiles(own);
}

function shareActions(app: App): MenuAction[] {
  const { state } = app;
  const lacking = state.model.value && state.place.value ? undefined : WORDS.nothingYet;
  const code = (name: string, where: 'node' | 'page'): MenuAction => ({
    name,
    lacking,
    act: () => {
      void track(state, name, async () => {
        const { codeText } = await import('./code-text.js');
        if (await copyText(name, codeText(app, where))) state.note.value = WORDS.copied(name);
      });
    },
  });
  return [
    { name: WORDS.copyLink, lacking, act: () => void copyLink(app) },
    {
      name: WORDS.copyCommand,
      lacking,
      act: () => {
        void copyText(WORDS.copyCommand, commandText(app)).then((isCopied) => {
          if (isCopied) state.note.value = WORDS.commandCopied(commandFiles(app));
        });
      },
    },
    code(WORDS.copyCode, 'node'),
    code(WORDS.copyPageCode, 'page'),
    {
      name: WORDS.saveState,
      lacking,
      act: () => {
        const name = numbersName(state.place.peek()!).replace(/json$/, 'state.json');
        saveFile(name, stateFile(app), 'application/json');
        state.note.value = WORDS.saved(WORDS.saveState);
      },
    },
  ];
}

const exportParts = (app: App): MenuParts => {
  const exported = exportedNow(app);
  return {
    name: WORDS.export,
    actions: exportActions(app, exported),
    choices: exported && { name: WORDS.maps, all: mapChoices(exported) },
  };
};

/** What can be taken along: links, commands and code; pictures, numbers and files. */
export function shareMenus(app: App): TemplateResult {
  return html`${menuButton(() => ({ name: WORDS.share, actions: shareActions(app) }), WORDS.share)}
  ${menuButton(() => exportParts(app), WORDS.export)}`;
}
