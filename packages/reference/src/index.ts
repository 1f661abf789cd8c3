export { interpret } from './interpret.js';
export { referenceBackend } from './reference-backend.js';
