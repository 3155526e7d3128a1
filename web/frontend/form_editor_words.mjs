// form-js has no way to translate its editor, so the words are replaced where they stand: string
// literals after label, title, description and the like. A word of the dictionary that is no
// longer found is an error, so that an update of form-js cannot undo a translation unnoticed.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const words = JSON.parse(readFileSync(join(here, 'translations/form-editor-zh.json'), 'utf-8'));
const LITERAL = /\b(label|title|description|name|placeholder|children|emptyMessage|text|group)(\s*:\s*|\s*=\s*)(['"])((?:(?!\3)[^\\\n]|\\.)*)\3/g;

export const formEditorInChinese = {
  name: 'form-editor-in-chinese',
  setup(builder) {
    builder.onLoad({ filter: /@bpmn-io[\\/]form-js-(editor|viewer)[\\/]dist[\\/]index\.es\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf-8');
      const met = new Set();
      const contents = source.replace(LITERAL, (whole, key, between, quote, text) => {
        if (!(text in words)) return whole;
        met.add(text);
        return `${key}${between}${JSON.stringify(words[text])}`;
      });
      seen.push(met);
      return { contents, loader: 'js' };
    });
    builder.onEnd(() => {
      if (!seen.length) return undefined;
      const lost = Object.keys(words).filter((word) => !seen.some((met) => met.has(word)));
      if (!lost.length) return undefined;
      return { errors: [{ text: `form-js no longer says: ${lost.join(' | ')}` }] };
    });
  },
};

const seen = [];
