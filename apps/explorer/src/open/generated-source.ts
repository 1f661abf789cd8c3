/** Where generated data begin. */
export interface GeneratedStart {
  readonly seed: number;
  readonly first: number;
}

/** `generated`, `generated:seed=7`, `generated:seed=7,first=8000`, as the command takes it; undefined for anything else. */
export function generatedStart(text: string): GeneratedStart | undefined {
  const found = /^generated(?::(.*))?$/.exec(text);
  if (!found) return undefined;
  const settings = { seed: 7, first: 0 };
  for (const part of (found[1] ?? '').split(',').filter(Boolean)) {
    const setting = /^(seed|first)=(\d+)$/.exec(part);
    if (!setting) return undefined;
    const value = Number(setting[2]);
    if (!(value < (setting[1] === 'seed' ? 2 ** 32 : 2 ** 31))) return undefined;
    settings[setting[1] as keyof GeneratedStart] = value;
  }
  return settings;
}
