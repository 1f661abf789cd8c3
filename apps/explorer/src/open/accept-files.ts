import { effect, signal } from '@preact/signals-core';
import type { TemplateResult } from 'lit-html';
import { messageOf } from '@patternlens/core';
import { mount } from '../shell/mount.js';
import type { App } from '../state/app.js';
import { giveFiles } from './give-files.js';
import { OPEN_WORDS } from '../words/open.js';
import { droppedFiles, pickedFiles } from './dropped-files.js';
import { openStateOf } from './open-state.js';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=file]), textarea, select');

/** An address among what was dropped or pasted. */
function addressIn(transfer: DataTransfer | null): string | undefined {
  const text = (transfer?.getData('text/uri-list') || transfer?.getData('text/plain') || '').trim();
  return /^https?:\/\/\S+$/i.test(text) ? text : undefined;
}

function offerAddress(app: App, address: string): void {
  const open = openStateOf(app);
  open.address.value = address;
  open.dialog.value = 'model';
}

const isWanted = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list') ?? false;

/** Outlines the page while something is dragged over it, and takes what is dropped. */
function takeDrops(app: App): void {
  let inside = 0;
  const count = (change: (before: number) => number): void => {
    inside = Math.max(0, change(inside));
    document.body.classList.toggle('is-dropping', inside > 0);
  };
  addEventListener('dragenter', (event) => {
    if (!isWanted(event)) return;
    event.preventDefault();
    count((before) => before + 1);
  });
  addEventListener('dragleave', (event) => {
    if (isWanted(event)) count((before) => before - 1);
  });
  addEventListener('dragover', (event) => {
    if (isWanted(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    count(() => 0);
    const { dataTransfer } = event;
    if (!dataTransfer || !isWanted(event)) return;
    event.preventDefault();
    const address = dataTransfer.files.length === 0 ? addressIn(dataTransfer) : undefined;
    if (address === undefined) void giveFiles(app, droppedFiles(dataTransfer));
    else offerAddress(app, address);
  });
}

/** Takes pictures and addresses that are pasted. */
function takePastes(app: App): void {
  addEventListener('paste', (event) => {
    if (isTyping(event.target)) return;
    const { clipboardData } = event;
    const files = pickedFiles(clipboardData?.files ?? []);
    const address = addressIn(clipboardData);
    if (files.length === 0 && address === undefined) return;
    event.preventDefault();
    if (files.length > 0) void giveFiles(app, Promise.resolve(files));
    else offerAddress(app, address!);
  });
}

type Template = () => TemplateResult | undefined;

/** Keeps a part of the page as a template says that is loaded when the part is first shown. */
function mountLater(
  app: App,
  host: HTMLElement,
  isShown: () => boolean,
  load: () => Promise<Template>,
): void {
  const template = signal<Template | undefined>(undefined);
  effect(() => {
    if (!isShown() || template.peek()) return;
    load().then(
      (loaded) => {
        template.value = loaded;
      },
      (cause: unknown) => {
        app.state.trouble.value = {
          code: 'failed',
          sentence: OPEN_WORDS.notLoaded,
          cause: messageOf(cause),
        };
      },
    );
  });
  mount(host, () => (isShown() ? template.value?.() : undefined));
}

/** Keeps whether there is a network. */
function watchNetwork(app: App): void {
  const { online } = openStateOf(app);
  const look = (): void => {
    online.value = navigator.onLine;
  };
  look();
  addEventListener('online', look);
  addEventListener('offline', look);
}

/** Takes what is dropped, pasted or chosen, anywhere on the page. */
export function acceptFiles(app: App): void {
  const open = openStateOf(app);
  const report = document.createElement('div');
  document.getElementById('main')!.before(report);
  const dialogs = document.createElement('div');
  document.body.append(dialogs);
  takeDrops(app);
  takePastes(app);
  watchNetwork(app);
  mountLater(
    app,
    report,
    () => open.report.value,
    async () => {
      const { supportReport } = await import('./support-report.js');
      return () => supportReport(app);
    },
  );
  mountLater(
    app,
    dialogs,
    () => open.dialog.value !== undefined,
    async () => {
      const { openDialogs } = await import('./open-dialogs.js');
      return () => openDialogs(app);
    },
  );
}
