import { html, render } from 'lit-html';
import { EMBED_WORDS } from '../words/embed.js';

/** Whether the address asks for the page without its head: `?embed`. */
const isEmbedded = (): boolean => new URLSearchParams(location.search).has('embed');

/** Shows a slim head with a way out in place of the whole one, where the address asks for it. */
export function takeEmbed(before: HTMLElement): void {
  if (!isEmbedded()) return;
  document.documentElement.dataset['embed'] = '';
  const bar = document.createElement('div');
  bar.className = 'embed-bar';
  before.before(bar);
  const whole = (event: Event): void => {
    // The address changes with the state, so it is read when somebody goes there.
    const address = new URL(location.href);
    address.searchParams.delete('embed');
    (event.currentTarget as HTMLAnchorElement).href = address.href;
  };
  render(
    html`<b>PatternLens</b>
      <a
        href=${location.pathname}
        target="_blank"
        rel="noopener"
        @pointerdown=${whole}
        @focus=${whole}
        @click=${whole}
        >${EMBED_WORDS.whole}</a
      >`,
    bar,
  );
}
