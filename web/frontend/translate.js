// The words of the editors in Chinese. What is not in the dictionary stays English and is kept in
// `window.chengxin.untranslated`, so that a test can list it.
import bpmn from 'bpmn-js-i18n/translations/zn.js';
import own from './translations/editors-zh.json';

const words = { ...bpmn, ...own };

export const untranslated = new Set();

export function translateModule(language) {
  return {
    translate: ['value', (template, replacements = {}) => {
      const found = language === 'en' ? template : words[template];
      if (found === undefined) untranslated.add(template);
      return (found ?? template).replace(/{([^}]+)}/g, (whole, key) => replacements[key] ?? whole);
    }],
  };
}

window.chengxin = window.chengxin || {};
window.chengxin.untranslated = untranslated;
