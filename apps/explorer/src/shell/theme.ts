import { html, type TemplateResult } from 'lit-html';

const THEMES = ['system', 'light', 'dark'] as const;
const KEY = 'theme';

/** The theme that was chosen last; the system's where none was, or where the browser keeps nothing for this page. */
function keptTheme(): string {
  try {
    return localStorage.getItem(KEY) ?? 'system';
  } catch {
    return 'system';
  }
}

function useTheme(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
}

function chooseTheme(theme: string): void {
  useTheme(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds until the page is closed.
  }
}

/** Shows the page in the theme that was chosen last. */
export const startTheme = (): void => {
  useTheme(keptTheme());
};

/** Light, dark, or as the system is. */
export const themeChoice = (): TemplateResult =>
  html`<label class="theme"
    >Theme
    <select
      @change=${(event: Event) => {
        chooseTheme((event.target as HTMLSelectElement).value);
      }}
    >
      ${THEMES.map((theme) => html`<option ?selected=${theme === keptTheme()}>${theme}</option>`)}
    </select></label
  >`;
