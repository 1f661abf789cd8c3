import type { SentFailure } from '../compute/call-failure.js';
import { OPEN_WORDS } from '../words/open.js';

/** How browsers say that there is no memory for a file. */
const OUT_OF_MEMORY =
  /out of memory|allocation failed|invalid (typed )?array(buffer)? length|memory\.grow|could not be read|for want of memory/i;

/** Why a model could not be read, in a sentence about its file. */
export function modelFailure(
  name: string,
  { code, sentence, cause }: SentFailure,
): Pick<SentFailure, 'code' | 'sentence' | 'cause'> {
  if (code === 'failed' && OUT_OF_MEMORY.test(sentence))
    return { code, sentence: OPEN_WORDS.memory, cause: sentence };
  return { code, sentence: sentence.replace(/^model(\.json)?: /, `${name}: `), cause };
}
