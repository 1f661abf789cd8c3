/** The value of a parameter: a number, a word, or one number for each channel. */
export type ParameterValue = number | string | readonly number[];
/** Values of the parameters of a method, rule or metric, by name. */
export type MethodParameters = Readonly<Record<string, ParameterValue>>;

/** What a parameter of a method, rule or metric may be. Without `choices` or `text` it is a number. */
export interface ParameterSpec {
  /** Without one the parameter may be left out, and is then absent. */
  readonly default?: ParameterValue;
  /** It has to be given, since the right value depends on the network. */
  readonly required?: boolean;
  /** Of a required parameter: a value that error messages show. */
  readonly example?: ParameterValue;
  /** It is one of these words. */
  readonly choices?: readonly string[];
  /** Of a number: it may also be one of these words. */
  readonly words?: readonly string[];
  /** It is any text. */
  readonly text?: boolean;
  /** The estimators of plug-ins are choices too. */
  readonly of?: 'estimators';
  /** It is a whole number. */
  readonly whole?: boolean;
  /** The number has to be above this. */
  readonly above?: number;
  /** The number has to be at least this. */
  readonly atLeast?: number;
  /** The number has to be at most this. */
  readonly atMost?: number;
  /** Several numbers may be given, one for each channel: a list, or `-1/-2/-3` as text. */
  readonly list?: boolean;
}
