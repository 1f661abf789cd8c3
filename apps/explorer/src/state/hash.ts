import { methodGroup } from '@patternlens/heatmap';
import { COLOUR_MAP_IDS } from './colour-map-ids.js';
import { VIEWS, type AppState, type ViewId } from './app-state.js';
import { BACKEND_IDS, type BackendId } from '../compute/backend-ids.js';
import { generatedStart } from '../open/generated-source.js';
import { parseMethods, type ChosenMethod } from './chosen-method.js';
import type { Look } from './look.js';

/** The version of the address that this page writes. */
const VERSION = 1;
/** Steps of the tour. Their texts are loaded with it only. */
const TOUR_STEPS = 5;

/** What the address holds, all of it text. */
export type HashValues = Readonly<Record<string, string>>;

/** Characters that stay as they are, so that an address can be read. */
const PLAIN = /%(3A|2C|2F|3D|40)/gi;

/** `#a=1&b=2` as values. What can't be decoded is taken as it is. */
export function parseHash(hash: string): HashValues {
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      return text;
    }
  };
  return Object.fromEntries(
    hash
      .replace(/^#/, '')
      .split('&')
      .filter(Boolean)
      .map((part) => {
        const equals = part.indexOf('=');
        return equals < 0
          ? [decode(part), '']
          : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
      }),
  );
}

/** Values as `#a=1&b=2`. */
export const formatHash = (values: HashValues): string =>
  `#${Object.entries(values)
    .map(
      ([key, value]) =>
        `${encodeURIComponent(key)}=${encodeURIComponent(value).replaceAll(PLAIN, (code) => decodeURIComponent(code))}`,
    )
    .join('&')}`;

/** What the page's own keys of the address are. */
export function hashOf(state: AppState): HashValues {
  const { look, colours, quantile, scope, gamma, strength, swipe } = state.look.value;
  const place = state.place.value;
  const tour = state.told.tour.value;
  const model = state.model.value;
  const isFirst =
    model === undefined ||
    model.facts.outputs[0] === model.facts.explainedOutput ||
    model.files.output === undefined;
  return {
    v: String(VERSION),
    model: model?.files.path ?? 'default',
    ...(isFirst ? {} : { output: model.facts.explainedOutput }),
    data: place?.set.source ?? 'generated:seed=7',
    i: String(place?.index ?? 0),
    target: state.target.value,
    methods: state.methods.value.map(({ text }) => text).join(','),
    view: state.view.value,
    look,
    map: colours,
    q: String(quantile),
    scope,
    ...(gamma === 1 ? {} : { gamma: String(gamma) }),
    ...(strength === 0.8 ? {} : { strength: String(strength) }),
    ...(swipe ? { swipe: '1' } : {}),
    backend: state.backend.value,
    ...(tour === null ? {} : { tour: String(tour.step) }),
  };
}

const LOOKS: readonly Look['look'][] = ['auto', 'heat', 'signal', 'overlay'];

const among = <T extends string>(value: string | undefined, known: readonly T[]): T | undefined =>
  known.find((each) => each === value);

const between = (value: string | undefined, low: number, high: number): number | undefined => {
  const number = value === undefined || value === '' ? NaN : Number(value);
  return number >= low && number <= high ? number : undefined;
};

const whole = (value: string | undefined, low: number, high: number): number | undefined =>
  /^\d+$/.test(value ?? '') ? between(value, low, high) : undefined;

/** Methods of the address that there are, each once; the others are told. None where none is left of those that were written. */
function knownMethods(text: string | undefined, told: string[]): ChosenMethod[] | undefined {
  if (text === undefined) return undefined;
  const methods = [...new Map(parseMethods(text).map((each) => [each.text, each])).values()];
  const known = methods.filter(({ id }) => methodGroup(id) !== undefined);
  for (const { id } of methods.filter((method) => !known.includes(method)))
    told.push(`The link's method "${id}" is not known here, and is left out.`);
  return known.length === 0 && methods.length > 0 ? undefined : known;
}

/** A source as it is written; undefined for generated data that there are none of. */
const knownData = (text: string | undefined): string | undefined =>
  text !== undefined && /^generated(:|$)/.test(text) && !generatedStart(text) ? undefined : text;

/** What an address asks for, as far as it is understood, and what was wrong with the rest, in sentences. */
export interface HashRequest {
  readonly view?: ViewId | undefined;
  readonly look: Partial<Look>;
  readonly backend?: BackendId | undefined;
  readonly target?: string | undefined;
  readonly methods?: readonly ChosenMethod[] | undefined;
  readonly model?: string | undefined;
  readonly output?: string | undefined;
  readonly data?: string | undefined;
  readonly index?: number | undefined;
  /** A step of the tour, from 1. */
  readonly tour?: number | undefined;
  readonly told: readonly string[];
}

/** Reads the keys of the address. Unknown keys are left to the caller; wrong values are told, and fall back. */
export function readHash(values: HashValues): HashRequest {
  const told: string[] = [];
  const checked = <T>(key: string, value: T | undefined): T | undefined => {
    if (value === undefined && values[key] !== undefined)
      told.push(`The link's ${key} "${values[key]}" is not known here, and is left out.`);
    return value;
  };
  if (whole(values['v'], 0, VERSION) === undefined && !(Number(values['v']) > VERSION))
    checked('v', undefined);
  if (values['v'] !== undefined && Number(values['v']) > VERSION)
    told.push('This link is of a newer version; what it adds is left out.');
  const look: { -readonly [Key in keyof Look]?: Look[Key] | undefined } = {
    look: checked('look', among(values['look'], LOOKS)),
    colours: checked('map', among(values['map'], COLOUR_MAP_IDS)),
    quantile: checked('q', between(values['q'], 1e-9, 100)),
    gamma: checked('gamma', between(values['gamma'], 1e-3, 10)),
    strength: checked('strength', between(values['strength'], 0, 1)),
    scope: checked('scope', among(values['scope'], ['map', 'method'] as const)),
    swipe: checked('swipe', among(values['swipe'], ['1'])) === '1' ? true : undefined,
  };
  return {
    view: checked('view', among(values['view'], VIEWS)),
    look: Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined)),
    backend: checked('backend', among(values['backend'], BACKEND_IDS)),
    target: values['target'],
    methods: knownMethods(values['methods'], told),
    model: values['model'],
    output: values['output'],
    data: checked('data', knownData(values['data'])),
    tour: checked('tour', whole(values['tour'], 1, TOUR_STEPS)),
    index: checked('i', whole(values['i'], 0, 2 ** 31)),
    told,
  };
}
