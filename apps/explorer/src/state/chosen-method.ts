/** A method that is ticked, with its parameters. */
export interface ChosenMethod {
  /** As it is written on the command line: `lrp-gamma:gamma=0.5`. It tells one from another. */
  readonly text: string;
  readonly id: string;
  /** By name, as written; those that are left out have their defaults. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A method as text: `lrp-gamma:gamma=0.5`. */
function methodText(id: string, parameters: ChosenMethod['parameters']): string {
  const settings = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return settings.length === 0 ? id : `${id}:${settings.join(',')}`;
}

/** A method by its id and parameters. */
export const chosenMethod = (
  id: string,
  parameters: ChosenMethod['parameters'] = {},
): ChosenMethod => ({ text: methodText(id, parameters), id, parameters });

/** Methods as they are typed, `gradient,lrp-gamma:gamma=0.5`; a comma before a setting belongs to the method before it. */
export function parseMethods(text: string): ChosenMethod[] {
  const parts: string[] = [];
  for (const piece of text.split(',').filter(Boolean)) {
    const before = parts.at(-1);
    const isSetting = piece.includes('=') && !piece.includes(':');
    if (before?.includes(':') && isSetting) parts[parts.length - 1] = `${before},${piece}`;
    else parts.push(piece);
  }
  return parts.map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) return chosenMethod(part);
    const settings = part.slice(colon + 1).split(',');
    return chosenMethod(
      part.slice(0, colon),
      Object.fromEntries(
        settings.map((setting) => {
          const equals = setting.indexOf('=');
          return equals < 0 ? [setting, ''] : [setting.slice(0, equals), setting.slice(equals + 1)];
        }),
      ),
    );
  });
}
