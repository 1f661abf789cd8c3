import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';
import type { ViewId } from '../state/app-state.js';

/** Drawn on 20 by 20, in lines. They stand above the word on narrow pages only. */
const ICONS: Readonly<Record<ViewId, SVGTemplateResult>> = {
  explain: svg`<rect x="3" y="3" width="14" height="14" rx="1"></rect><rect x="7" y="7" width="4" height="4" class="filled"></rect><path d="M11 11h3v3h-3z"></path>`,
  layers: svg`<path d="M10 3 17 7l-7 4-7-4z"></path><path d="m3 10.500 7 4 7-4"></path><path d="m3 14 7 4 7-4"></path>`,
  fit: svg`<path d="M3 17V3"></path><path d="M3 17h14"></path><path d="M5 13c3 0 3-7 11-8"></path>`,
  measure: svg`<path d="M3 17V3"></path><path d="M3 17h14"></path><path d="M4 5h3v3h3v4h3v2h4"></path>`,
  backends: svg`<rect x="3" y="4" width="6" height="12" rx="1"></rect><rect x="11" y="4" width="6" height="12" rx="1"></rect><path d="M5 8h2M13 8h2"></path>`,
  learn: svg`<path d="M4 16 16 6"></path><path d="M12 5.500 16.500 5.500 16 10"></path><path d="M4 16 7 5"></path>`,
};

export const tabIcon = (id: ViewId): TemplateResult =>
  html`<svg class="tab-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    ${ICONS[id]}
  </svg>`;
