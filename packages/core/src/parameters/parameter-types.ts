import type { MethodParameters, ParameterSpec, ParameterValue } from './parameter-spec.js';

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

declare const broughtBy: unique symbol;

/** The name of a part of a plug-in, as its definition holds it (`firingMean.id`): the compiler accepts it for every parameter whose spec has `of`. */
export type PluginName = string & { readonly [broughtBy]: 'plug-in' };

/** What a value of a parameter is, by its spec. */
type ValueOf<S extends ParameterSpec> = ParameterSpec extends S
  ? ParameterValue
  : S extends { readonly choices: readonly (infer Word)[] }
    ? Word | (S extends { readonly of: string } ? PluginName : never)
    : S extends { readonly text: true }
      ? string
      : S extends { readonly list: true }
        ? number | readonly number[]
        : S extends { readonly words: readonly (infer Word)[] }
          ? number | Word
          : number;

type NamesWith<P extends ParameterSpecs, Fact> = {
  [Name in keyof P]: P[Name] extends Fact ? Name : never;
}[keyof P];

type Flat<T> = { [Name in keyof T]: T[Name] };

/** Values of which those in `Sure` are there, and the others may be. */
type Values<P extends ParameterSpecs, Sure extends keyof P> = Flat<
  { readonly [Name in Sure]: ValueOf<P[Name]> } & {
    readonly [Name in Exclude<keyof P, Sure>]?: ValueOf<P[Name]>;
  }
>;

interface Required {
  readonly required: true;
}
interface WithDefault {
  readonly default: ParameterValue;
}

/** Parameters as they are given: those that have to be, and others in place of their defaults. */
export type GivenParameters<P extends ParameterSpecs> = string extends keyof P
  ? MethodParameters
  : Values<P, NamesWith<P, Required>>;

/** Parameters with their defaults filled in: absent only where there is no default. */
export type ParametersOf<P extends ParameterSpecs> = string extends keyof P
  ? MethodParameters
  : Values<P, NamesWith<P, Required | WithDefault>>;
