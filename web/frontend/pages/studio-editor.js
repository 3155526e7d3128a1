// The editor page of the studio: one editor, its buttons, its draft on the server, its findings.
import '../styles/studio.css';
import '../styles/studio-editor.css';
import { bpmnEditor } from '../studio/bpmn_editor.js';
import { dmnEditor } from '../studio/dmn_editor.js';
import { formEditor } from '../studio/form_editor.js';

const MAKE = { bpmn: bpmnEditor, dmn: dmnEditor, form: formEditor };
const TYPING = 350;
/* What is typed into a properties panel reaches the file with a short delay, in milliseconds. */
const page = document.getElementById('studio');
const words = page.dataset;
const at = (id) => document.getElementById(id);
const canvas = at('studio-canvas');
const source = at('studio-source');
const sign = at('studio-dirty');
const act = (name) => document.querySelector(`[data-act="${name}"]`);

let dirty = source.defaultValue !== source.value;
let inSource = false;
let changes = 0;
let leaving = false;
let saving = null;

const editor = MAKE[words.kind]({
  canvas,
  panel: at('studio-panel'),
  views: at('studio-views'),
  language: words.language,
  overview: words.overview,
  onChange: touched,
});
window.chengxin.studio = editor;

function touched() {
  changes += 1;
  dirty = true;
  say(words.unsaved, 'dirty');
}

function say(text, state = '') {
  sign.textContent = text;
  sign.dataset.state = state;
}

function showVisual(visual) {
  inSource = !visual;
  canvas.hidden = !visual;
  source.hidden = visual;
  if (words.kind === 'dmn' && !visual) at('studio-views').hidden = true;
  const panel = at('studio-panel');
  if (panel && !visual) panel.hidden = true;
  if (panel && visual && words.kind === 'bpmn') panel.hidden = false;
  page.querySelector('.cx-studio-room').classList.toggle('cx-studio-in-source', !visual);
  act('source').ariaPressed = `${!visual}`;
}

async function openEditor() {
  showVisual(true);
  try {
    words.warnings = JSON.stringify(await editor.open(source.value));
    at('studio-loading').hidden = true;
    words.ready = 'yes';
    return true;
  } catch (error) {
    at('studio-loading').hidden = true;
    showVisual(false);
    say(`${words.broken}${error.message}`, 'failed');
    return false;
  }
}

async function currentText() {
  if (!inSource) source.value = await editor.text();
  return source.value;
}

async function send(address) {
  const body = new FormData();
  body.set('content', await currentText());
  body.set('revision', page.elements.revision.value);
  let answer;
  try {
    answer = await window.chengxin.request(address, { method: 'POST', body });
  } catch {
    throw new Error(words.offline);
  }
  if (answer.redirected && !answer.headers.get('Content-Type')?.includes('json')) throw new Error(words.offline);
  const result = await answer.json();
  if (answer.ok) return result;
  if (answer.status === 409) {
    at('conflict-words').textContent = result.detail;
    at('studio-conflict').showModal();
  }
  throw new Error(result.detail || result.title);
}

function showFindings({ findings, html, state }) {
  at('studio-findings').innerHTML = html;
  if (state) at('studio-state').innerHTML = state;
  const errors = findings.filter(({ level }) => level === 'error').length;
  const count = at('findings-count');
  count.textContent = findings.length ? `${findings.length}` : '';
  count.dataset.level = errors ? 'error' : 'warning';
  editor.mark(inSource ? [] : findings);
  words.errors = `${errors}`;
  words.checked = `${Number(words.checked || 0) + 1}`;
  return errors;
}

async function check() {
  const before = sign.textContent;
  const state = sign.dataset.state;
  say(words.checking);
  try {
    return showFindings(await send(words.lint));
  } catch (error) {
    at('studio-findings').textContent = error.message;
    return 0;
  } finally {
    say(before, state);
  }
}

async function save() {
  if (saving) return saving;
  saving = saveNow();
  try {
    return await saving;
  } finally {
    saving = null;
  }
}

async function saveNow() {
  say(words.saving);
  await new Promise((done) => setTimeout(done, TYPING));
  const begun = changes;
  try {
    const result = await send(page.action);
    page.elements.revision.value = result.revision;
    dirty = changes !== begun;
    say(dirty ? words.unsaved : words.saved, dirty ? 'dirty' : 'saved');
    if (act('compare')) act('compare').href = words.compare;
    showFindings(result);
    return true;
  } catch (error) {
    say(`${words.failed}${error.message}`, 'failed');
    return false;
  }
}

async function deploy() {
  const hasDraft = page.elements.revision.value !== '0';
  if ((dirty || !hasDraft) && !(await save())) return;
  if (Number(words.errors)) {
    say(words.mustFix, 'failed');
    return;
  }
  leave(words.deploy);
}

function leave(address) {
  leaving = true;
  location.assign(address);
}

async function toggleSource() {
  if (inSource) {
    await openEditor();
    if (!inSource) return;
  } else {
    source.value = await editor.text();
    showVisual(false);
    source.focus();
  }
}

function download() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([source.value], { type: 'application/octet-stream' }));
  link.download = words.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const ACTS = {
  save, lint: check, deploy, source: toggleSource,
  fit: () => editor.fit(), undo: () => editor.undo(), redo: () => editor.redo(), simulate: () => editor.simulate(),
  files: () => {
    const hidden = page.classList.toggle('cx-studio-no-files');
    act('files').ariaExpanded = `${!hidden}`;
    localStorage.setItem('cx-studio-files', hidden ? 'no' : 'yes');
  },
  'keep-mine': download,
  'take-theirs': () => { leaving = true; location.reload(); },
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (button && ACTS[button.dataset.act]) {
    event.preventDefault();
    ACTS[button.dataset.act]();
    return;
  }
  const goTo = event.target.closest('[data-element]');
  if (goTo && at('studio-findings').contains(goTo)) {
    if (inSource) return;
    editor.select(goTo.dataset.element);
  }
});

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
    event.preventDefault();
    save();
  }
}, true);

page.addEventListener('submit', (event) => {
  event.preventDefault();
  save();
});
source.addEventListener('input', touched);
addEventListener('beforeunload', (event) => {
  if (dirty && !leaving) event.preventDefault();
});

if (localStorage.getItem('cx-studio-files') === 'no') ACTS.files();
editor.onSimulation?.((active) => {
  act('simulate').ariaPressed = `${active}`;
  page.classList.toggle('cx-studio-simulating', active);
});
openEditor().then(async (shown) => {
  if (!shown) return;
  await check();
  // A link to an element of the file opens it.
  if (location.hash) editor.select(decodeURIComponent(location.hash.slice(1)));
});
