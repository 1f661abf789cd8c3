/** Where code runs: in Node, or in a page behind a bundler. */
export type CodePlace = 'node' | 'page';

/** Lines of code, with what they import from where. */
export interface CodePart {
  /** Names by module: `* as ort` for all of it; none for a module that is imported for what it does. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
  readonly lines: readonly string[];
}

/** A value as code. Names are a person's: they stay text. */
export const asCode = (value: unknown): string => JSON.stringify(value);

function importLine(module: string, names: readonly string[]): string {
  if (names.length === 0) return `import ${asCode(module)};`;
  const [whole] = names.filter((name) => name.startsWith('* as '));
  return `import ${whole ?? `{ ${names.join(', ')} }`} from ${asCode(module)};`;
}

/** Parts as a module: what to install, what is imported, then their lines.
 * @param runtimes Packages that are installed without being imported. */
export function moduleText(parts: readonly CodePart[], runtimes: readonly string[] = []): string {
  const names = new Map<string, Set<string>>();
  for (const { imports } of parts)
    for (const [module, list] of Object.entries(imports))
      names.set(module, new Set([...(names.get(module) ?? []), ...list]));
  const packages = [...names.keys(), ...runtimes].filter((name) => !name.startsWith('node:'));
  return [
    `// npm install ${packages.join(' ')}`,
    ...[...names].map(([module, list]) => importLine(module, [...list].sort())),
    ...parts.flatMap(({ lines }) => (lines.length === 0 ? [] : ['', ...lines])),
    '',
  ].join('\n');
}
