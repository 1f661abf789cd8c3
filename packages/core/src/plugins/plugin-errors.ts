import { messageOf, PatternLensError } from '../errors/patternlens-error.js';

/** @throws PatternLensError `invalid-plugin` */
export function invalidPlugin(message: string, plugin?: string): never {
  throw new PatternLensError(
    'core',
    'invalid-plugin',
    message,
    plugin === undefined ? {} : { plugin },
  );
}

/** An error of a plug-in's part, naming both. What the core itself found keeps its code. */
export function failed(plugin: string, what: string, cause: unknown): PatternLensError {
  const known = cause instanceof PatternLensError;
  if (known && cause.subject.plugin !== undefined) return cause;
  const message = messageOf(cause);
  return new PatternLensError(
    'core',
    known ? cause.code : 'plugin-failed',
    `${what} failed: ${known ? message : `${message.replace(/\.?$/, '.')} Tell the plug-in's author, or leave it out.`}`,
    { ...(known ? cause.subject : {}), about: `plug-in "${plugin}"`, plugin },
    cause,
  );
}

/** The function, whose errors name the plug-in and the part that it belongs to. */
export function guarded<A extends readonly unknown[], R>(
  plugin: string,
  what: string,
  call: (...given: A) => R,
): (...given: A) => R {
  return (...given) => {
    try {
      return call(...given);
    } catch (cause) {
      throw failed(plugin, what, cause);
    }
  };
}
