// What bundles for browsers take for the main door: the same names, and the types of ./index.ts.
export { explainImages, fitImages } from './platforms/in-page.js';
