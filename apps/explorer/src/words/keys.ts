/** Keys of the page, and what they do. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['1 … 9', 'tick or untick the method in that place'],
  ['[  ]', 'explain the class before or behind, by score'],
  ['← →', 'in Samples: the sample before or behind; Home and End: the first and the last'],
  ['← ↑ → ↓', 'on a map: move the cursor in all maps; with Shift by ten pixels'],
  ['+ −', 'zoom all maps at the cursor'],
  ['f', 'show a map over the whole page'],
  ['g', 'go to the samples'],
  ['l', 'go to the look of maps'],
  ['b', 'in Backends, held: swap two maps'],
  ['Ctrl+Z, Ctrl+Shift+Z', 'undo, and do again'],
  ['Ctrl+Shift+E', 'save the picture as PNG'],
  ['Ctrl+V', 'open an image from the clipboard'],
  ['?', 'this list'],
  ['Escape', 'close what is open, or cancel what runs'],
];
