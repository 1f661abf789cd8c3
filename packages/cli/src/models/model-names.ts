import { MODEL_FORMATS } from '@patternlens/explain/node';

/** The name that stands for the network that comes with the command. */
export const DEFAULT_MODEL = 'default';

/** Every kind of model there is, as help has it. */
export const MODEL_KINDS = `${Object.values(MODEL_FORMATS)
  .map(({ name }) => name)
  .join(', ')}, or ${DEFAULT_MODEL} for the bundled network`;
