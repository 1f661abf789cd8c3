import { cleanText } from './clean-text.js';

describe('cleanText', () => {
  it.each([
    ['  tabby \t\n cat ', 'tabby cat'],
    ['a\u0000b\u001fc', 'a b c'],
    ['\ud83d\udc31 \ud83d', '🐱 \ufffd'],
    ['x\uffffy\ufffe', 'x\ufffdy\ufffd'],
    ['start:\u00a0value', 'start:\u00a0value'],
    ['猫 α1β0 <&>', '猫 α1β0 <&>'],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
});
