import { effect } from '@preact/signals-core';
import { html, render } from 'lit-html';
import type { App } from '../state/app.js';
import { VIEWS, type ViewId } from '../state/app-state.js';
import { mount } from './mount.js';
import { pageHeader } from './header.js';
import { keyboardDialog } from './help.js';
import { statusLine } from './status-line.js';
import { storedPicture } from './stored-picture.js';
import { viewTabs } from './tabs.js';
import { LOADERS } from './views.js';

const part = (id: string): HTMLElement => document.getElementById(id)!;

/** Loads views when they are first shown, and keeps each as its template says while it is shown. */
function showViews(app: App): void {
  const loaded = new Map<ViewId, true>();
  effect(() => {
    const id = app.state.view.value;
    for (const each of VIEWS) part(`view-${each}`).hidden = each !== id;
    if (loaded.has(id)) return;
    loaded.set(id, true);
    LOADERS[id]().then(
      ({ template }) => {
        mount(part(`view-${id}`), () => (app.state.view.value === id ? template(app) : undefined));
      },
      (cause: unknown) => {
        loaded.delete(id);
        app.state.trouble.value = {
          code: 'failed',
          sentence: `The view ${id} could not be loaded. Reload the page.`,
          cause: String(cause),
        };
      },
    );
  });
}

/** The page around the views, in the element that the document has for it. */
export function showShell(app: App, host: HTMLElement): void {
  render(
    html`
      <header class="page-header" id="header"></header>
      <nav class="page-tabs" id="tabs" aria-label="Views of the page"></nav>
      <main class="page-views" id="main">
        <div id="stored"></div>
        ${VIEWS.map(
          (id) =>
            html`<section
              id="view-${id}"
              role="tabpanel"
              aria-labelledby="tab-${id}"
              hidden
            ></section>`,
        )}
      </main>
      <footer class="page-status" id="status"></footer>
      <div id="dialogs"></div>
    `,
    host,
  );
  mount(part('header'), () => pageHeader(app));
  mount(part('tabs'), () => viewTabs(app.state));
  mount(part('status'), () => statusLine(app));
  mount(part('stored'), () => html`${storedPicture(app)}`);
  mount(part('dialogs'), () => html`${keyboardDialog(app)}`);
  showViews(app);
}
