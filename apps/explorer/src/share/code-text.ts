import type { App } from '../state/app.js';
import type { CodePlace } from './code-part.js';
import { codeOfFiles } from './code-of-files.js';
import { codeOfGenerated } from './code-of-generated.js';
import { isGenerated } from './command-text.js';

/** A program that explains the current sample as the page does, given the same files beside it. It runs when it is pasted into a module. */
export function codeText(app: App, where: CodePlace): string {
  const model = app.state.model.peek();
  const place = app.state.place.peek();
  if (!model || !place) return '';
  return isGenerated(place.set.source)
    ? codeOfGenerated(app, model, place, where)
    : codeOfFiles(app, model, place, where);
}
