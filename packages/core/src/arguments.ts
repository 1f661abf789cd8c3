// Checks of what callers hand in, for the public functions of every package.
export { expects, type ArgumentKind } from './arguments/argument-kind.js';
export { BACKEND } from './backend/backend-kind.js';
export { NETWORK } from './network/network-kind.js';
export { PATTERNS } from './patterns/patterns-kind.js';
export { SOURCE } from './tensor/block-reader.js';
export { checkArgument } from './arguments/check-argument.js';
export { checkOptions, type OptionKinds } from './arguments/check-options.js';
export { described } from './arguments/described.js';
export { moduleBehind, type Library } from './arguments/module-behind.js';
export { isPlace, placeBeside, readBytes, type BytesInput } from './arguments/read-bytes.js';
