/** A number, a word, or one number a channel. */
export type ParameterValue = number | string | readonly number[];
export type MethodParameters = Readonly<Record<string, ParameterValue>>;

/** What a parameter of a method or a metric may be. Without `choices` or `text` it is a number. */
export interface ParameterSpec {
  /** Without one the parameter may be left out, and is then absent. */
  readonly default?: ParameterValue;
  /** It has to be given: what is right depends on the network. `example` is then one that messages show. */
  readonly required?: boolean;
  readonly example?: ParameterValue;
  /** It is one of these words. */
  readonly choices?: readonly string[];
  /** It is any text. */
  readonly text?: boolean;
  /** Plug-ins' estimators are choices too. */
  readonly of?: 'estimators';
  /** It is a whole number. */
  readonly whole?: boolean;
  /** The number has to be above this. */
  readonly above?: number;
  /** The number has to be at least this. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Several numbers may be given, one a channel: a list, or `-1/-2/-3` as text. */
  readonly list?: boolean;
}
