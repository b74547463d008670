/** Makes `utterances.data` from the texts in `sources`: `node build/run.mjs datasets/utterances/build.ts`. */
import { readFileSync } from 'node:fs';

import { writeContents } from '#datasets/source.ts';
import { description, type Intent } from '#datasets/utterances/index.ts';

const contentsSha256 = 'f973aa90f1d58dc6f924839ef3b2e32601c679c624cae52a669175769f6a9ba2';

/** A line that begins with `# ` names an intent; the lines after it are its wordings. */
function readIntents(language: 'en' | 'zh'): Intent[] {
  const text = readFileSync(`datasets/utterances/sources/${language}.txt`, 'utf8');
  return text.split(/^# /m).flatMap((part) => {
    const [name, ...wordings] = part.split('\n').filter((line) => line !== '');
    return name === undefined ? [] : [{ name, wordings }];
  });
}

const contents = JSON.stringify({ en: readIntents('en'), zh: readIntents('zh') });
writeContents(description, Buffer.from(contents), contentsSha256);
