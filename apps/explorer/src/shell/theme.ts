import { html, type TemplateResult } from 'lit-html';

const THEMES = ['system', 'light', 'dark'] as const;

/** Light, dark, or as the system is. */
export const themeChoice = (): TemplateResult =>
  html`<label class="theme"
    >Theme
    <select
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        if (value === 'system') delete document.documentElement.dataset['theme'];
        else document.documentElement.dataset['theme'] = value;
      }}
    >
      ${THEMES.map((theme) => html`<option>${theme}</option>`)}
    </select></label
  >`;
