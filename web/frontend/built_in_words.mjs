// The form editor and the token simulation have no way to be translated, so their words are
// replaced where they stand when the Chinese bundles are built. A word of a dictionary that is no
// longer found is an error, so that an update of theirs cannot undo a translation unnoticed.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(here, 'translations', name), 'utf-8'));

// String literals that are shown: those after label, title, description and the like.
const SHOWN = /\b(label|title|description|name|placeholder|children|emptyMessage|text|tooltip|ariaLabel|'aria-label')(\s*:\s*|\s*=\s*)(['"])((?:(?!\3)[^\\\n]|\\.)*)\3/g;

function inLiterals(source, words, met) {
  return source.replace(SHOWN, (whole, key, between, quote, text) => {
    if (!(text in words)) return whole;
    met.add(text);
    return `${key}${between}${JSON.stringify(words[text])}`;
  });
}

function anywhere(source, words, met) {
  let changed = source;
  for (const [text, replacement] of Object.entries(words)) {
    if (!changed.includes(text)) continue;
    met.add(text);
    changed = changed.replaceAll(text, replacement);
  }
  return changed;
}

function replacing(name, filter, dictionary, replace) {
  return {
    name,
    setup(builder) {
      const words = read(dictionary);
      const met = new Set();
      builder.onLoad({ filter }, ({ path }) => ({
        contents: replace(readFileSync(path, 'utf-8'), words, met),
        loader: 'js',
      }));
      builder.onEnd(() => {
        const lost = Object.keys(words).filter((word) => !met.has(word));
        return lost.length ? { errors: [{ text: `${dictionary}: no longer said: ${lost.join(' | ')}` }] } : undefined;
      });
    },
  };
}

export const inChinese = [
  replacing('form editor', /@bpmn-io[\\/]form-js-(editor|viewer)[\\/]dist[\\/]index\.es\.js$/, 'form-editor-zh.json', inLiterals),
  replacing('token simulation', /bpmn-js-token-simulation[\\/]lib[\\/].*\.js$/, 'simulation-zh.json', anywhere),
];
