import type { Place } from '@patternlens/importing';
import { fieldOf, isObject, shown, type JsonObject } from '../../read/json-object.js';

const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A field by Keras' name of it, or as JavaScript spells it. */
export function configField(config: JsonObject, name: string): unknown {
  return fieldOf(config, name) ?? fieldOf(config, camel(name));
}

/** The configuration of a layer; what it holds is checked when it is asked for. */
export class LayerConfig {
  readonly #config: JsonObject;
  readonly #place: Place;

  constructor(config: JsonObject, place: Place) {
    this.#config = config;
    this.#place = place;
  }

  /** Whatever the file holds; null where it says nothing. */
  get(name: string): unknown {
    return configField(this.#config, name) ?? null;
  }

  #bad(name: string, value: unknown, expected: string): never {
    return this.#place.invalid(`its ${name} is ${shown(value)}; expected ${expected}.`);
  }

  number(name: string, missing: number): number {
    const value = this.get(name);
    if (value === null) return missing;
    // Keras writes constants of some layers as little arrays.
    const number = isObject(value) ? fieldOf(value, 'value') : value;
    return typeof number === 'number' && Number.isFinite(number)
      ? number
      : this.#bad(name, value, 'a number');
  }

  whole(name: string): number {
    const value = this.get(name);
    return Number.isSafeInteger(value) && (value as number) > 0
      ? (value as number)
      : this.#bad(name, value, 'a whole number above 0');
  }

  flag(name: string, missing: boolean): boolean {
    const value = this.get(name);
    if (value === null) return missing;
    return typeof value === 'boolean' ? value : this.#bad(name, value, 'true or false');
  }

  string(name: string, missing: string): string {
    const value = this.get(name);
    if (value === null) return missing;
    return typeof value === 'string' ? value : this.#bad(name, value, 'a name');
  }

  /** Whole numbers, one for each spatial axis; a single one stands for all. */
  sizes(name: string, rank: number, missing: readonly number[]): readonly number[] {
    const value = this.get(name);
    if (value === null) return missing;
    const list = Array.isArray(value) ? (value as unknown[]) : new Array<unknown>(rank).fill(value);
    const spread = list.length === 1 ? new Array<unknown>(rank).fill(list[0]) : list;
    return spread.length === rank && spread.every((size) => Number.isSafeInteger(size))
      ? (spread as number[])
      : this.#bad(name, value, `${rank} whole ${rank === 1 ? 'number' : 'numbers'}`);
  }

  /** A list of whole numbers, or a single one; -1 where the file leaves a number open. */
  list(name: string): readonly number[] {
    const value = this.get(name);
    const list = (Array.isArray(value) ? (value as unknown[]) : [value]).map((size) =>
      size === null && Array.isArray(value) ? -1 : size,
    );
    return list.every((size) => Number.isSafeInteger(size))
      ? (list as number[])
      : this.#bad(name, value, 'whole numbers');
  }

  /** What is added or cut before and behind each spatial axis: one number, one for each, or two for each. */
  borders(
    name: string,
    rank: number,
    missing: number,
  ): { readonly begin: readonly number[]; readonly end: readonly number[] } {
    const value = this.get(name) ?? missing;
    const each =
      rank === 1 && Array.isArray(value) && value.length === 2 && !Array.isArray(value[0])
        ? [value as unknown[]]
        : Array.isArray(value)
          ? (value as unknown[])
          : new Array<unknown>(rank).fill(value);
    const pairs = each.map((pair) => (Array.isArray(pair) ? (pair as unknown[]) : [pair, pair]));
    const good =
      pairs.length === rank &&
      pairs.every(
        (pair) =>
          pair.length === 2 &&
          pair.every((size) => Number.isSafeInteger(size) && (size as number) >= 0),
      );
    if (!good) return this.#bad(name, value, `whole numbers from 0 for ${rank} axes`);
    return {
      begin: pairs.map(([begin]) => begin as number),
      end: pairs.map(([, end]) => end as number),
    };
  }

  channelsLast(): boolean {
    const format = this.string('data_format', 'channels_last');
    if (format === 'channels_last' || format === 'channelsLast') return true;
    if (format === 'channels_first' || format === 'channelsFirst') return false;
    return this.#bad('data_format', format, 'channels_last or channels_first');
  }

  padding(): 'same' | 'valid' | 'causal' {
    const padding = this.string('padding', 'valid').toLowerCase();
    return padding === 'same' || padding === 'valid' || padding === 'causal'
      ? padding
      : this.#bad('padding', padding, 'valid, same or causal');
  }
}
