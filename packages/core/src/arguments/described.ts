/** Whether something is a promise, of whatever realm. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  Object(value) === value && typeof (value as Partial<PromiseLike<unknown>>).then === 'function';

const typeOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const article = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

/** What a value is, in words for a sentence about an argument: `a promise`, `the text "abc"`, `an array of 3`, `undefined`. */
export function described(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (isPromise(value)) return 'a promise';
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty text' : `the text "${value.slice(0, 60)}"`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return value.name === '' ? 'a function' : `the function ${value.name}`;
    case 'symbol':
      return 'a symbol';
    default:
      return describedObject(value);
  }
}

function describedObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value) && 'length' in value)
    return `${article(typeOf(value))} of ${String(value.length)}`;
  const { constructor } = value as { readonly constructor?: unknown };
  const name =
    typeof constructor === 'function' && constructor.name !== 'Object' ? constructor.name : '';
  if (name !== '') return article(name);
  if (typeOf(value) !== 'Object') return article(typeOf(value));
  const names = Object.keys(value);
  return names.length === 0
    ? 'an empty object'
    : `an object with ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''}`;
}
