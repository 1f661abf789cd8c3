import { effect } from '@preact/signals-core';
import { render, type TemplateResult } from 'lit-html';

/** Keeps a part of the page as a template says, whenever a signal that the template reads changes. */
export function mount(host: HTMLElement, template: () => TemplateResult | undefined): () => void {
  return effect(() => {
    render(template(), host);
  });
}
