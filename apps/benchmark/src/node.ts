export { childRunner, serveRunner, type ChildParts } from './node/child-runner.js';
export { nodeHost } from './node/node-host.js';
export { pageTemplate } from './node/page-template.js';
