import { batch } from '@preact/signals-core';
import type { AppState } from './app-state.js';
import type { HashRequest } from './hash.js';

/** Takes what an address asks for that needs no model. */
export function applyHash(state: AppState, request: HashRequest): void {
  batch(() => {
    if (request.view) state.view.value = request.view;
    if (request.backend) state.backend.value = request.backend;
    if (request.target !== undefined) state.target.value = request.target;
    if (request.methods) state.methods.value = request.methods;
    state.look.value = { ...state.look.peek(), ...request.look };
    if (request.told.length > 0) state.note.value = request.told.join(' ');
  });
}
