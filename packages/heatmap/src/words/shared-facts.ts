/** A fact about one of several named things. */
export interface NamedFact {
  readonly name: string;
  /** Undefined where there is nothing to say. */
  readonly fact: string | undefined;
}

/** Each fact once: alone where it holds for all, else with the names that it is about. */
export function sharedFacts(facts: readonly NamedFact[]): readonly string[] {
  const about = new Map<string, readonly string[]>();
  for (const { name, fact } of facts) {
    if (fact !== undefined) about.set(fact, [...(about.get(fact) ?? []), name]);
  }
  return [...about].map(([fact, names]) =>
    names.length === facts.length ? fact : `${fact} (${names.join(', ')})`,
  );
}
