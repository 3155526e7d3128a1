// Read-only diagrams with tokens, the way taken, incidents and notes on them; and their comparison.
import NavigatedViewer from 'camunda-bpmn-js/lib/camunda-cloud/NavigatedViewer.js';
import { diff } from 'bpmn-js-differ';
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import './styles/viewer.css';

window.chengxin = window.chengxin || {};

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans SC", sans-serif';

function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { defaultFillColor: read('--cx-surface'), defaultStrokeColor: read('--cx-ink'), defaultLabelColor: read('--cx-ink') };
}

export function newViewer(canvas) {
  return new NavigatedViewer({
    container: canvas,
    bpmnRenderer: colours(),
    overlays: { defaults: { scale: { min: 1, max: 1.25 }, show: null } },
    textRenderer: { defaultStyle: { fontFamily: FONT }, externalStyle: { fontFamily: FONT } },
  });
}

function badge(text, kind) {
  const element = document.createElement('span');
  element.className = `cx-token cx-token-${kind}`;
  element.textContent = text;
  return element;
}

export function mark(viewer, state) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const known = viewer.get('elementRegistry');
  overlays.clear();
  for (const id of state.passed || []) {
    if (known.get(id)) canvas.addMarker(id, 'cx-passed');
  }
  for (const [id, number] of Object.entries(state.tokens || {})) {
    if (!known.get(id)) continue;
    canvas.addMarker(id, 'cx-here');
    overlays.add(id, 'cx', { position: { top: -10, right: 12 }, html: badge(`${number}`, 'here') });
  }
  for (const [id, number] of Object.entries(state.incidents || {})) {
    if (!known.get(id)) continue;
    canvas.addMarker(id, 'cx-incident');
    overlays.add(id, 'cx', { position: { bottom: 10, right: 12 }, html: badge(`! ${number}`, 'incident') });
  }
  for (const [id, text] of Object.entries(state.notes || {})) {
    if (known.get(id)) overlays.add(id, 'cx', { position: { bottom: -4, left: 0 }, html: badge(text, 'note') });
  }
}

function fit(viewer) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  if (canvas.zoom() > 1.2) canvas.zoom(1, 'auto');
}

// A wide diagram is shown where its tokens are, large enough to read; the button shows it whole.
const LEGIBLE = 0.9;

function goTo(viewer, ids) {
  const canvas = viewer.get('canvas');
  const known = viewer.get('elementRegistry');
  const element = ids.map((id) => known.get(id)).find(Boolean);
  if (!element || canvas.zoom() >= LEGIBLE) return;
  canvas.zoom(LEGIBLE);
  canvas.scrollToElement(element, { top: 120, bottom: 120, left: 160, right: 160 });
}

async function showDiagram(figure) {
  const canvas = figure.querySelector('[data-diagram-canvas]');
  const picture = figure.querySelector('[data-diagram-picture]');
  const viewer = newViewer(canvas);
  canvas.hidden = false;
  try {
    const answer = await fetch(figure.dataset.xml, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`${answer.status}`);
    await viewer.importXML(await answer.text());
  } catch (error) {
    canvas.hidden = true;
    figure.dataset.failed = error.message;
    return;
  }
  picture.hidden = true;
  figure.querySelector('[data-diagram-tools]').hidden = false;
  fit(viewer);
  if (figure.dataset.tokens) {
    const answer = await fetch(figure.dataset.tokens, { credentials: 'same-origin' });
    if (answer.ok) {
      const state = await answer.json();
      mark(viewer, state);
      goTo(viewer, [...Object.keys(state.incidents || {}), ...Object.keys(state.tokens || {})]);
    }
  }
  let selected = null;
  viewer.on('element.click', ({ element }) => {
    const id = element.labelTarget ? element.labelTarget.id : element.id;
    const nothing = element === viewer.get('canvas').getRootElement();
    if (selected) viewer.get('canvas').removeMarker(selected, 'cx-selected');
    selected = nothing ? null : id;
    if (selected) viewer.get('canvas').addMarker(selected, 'cx-selected');
    figure.dispatchEvent(new CustomEvent('cx:element', { bubbles: true, detail: { element: selected } }));
  });
  figure.addEventListener('click', (event) => {
    const zoom = event.target.closest('[data-zoom]')?.dataset.zoom;
    if (zoom === 'fit') fit(viewer);
    else if (zoom) viewer.get('zoomScroll').stepZoom(zoom === 'in' ? 1 : -1);
  });
  figure.viewer = viewer;
  figure.dataset.ready = 'yes';
  figure.dispatchEvent(new CustomEvent('cx:diagram', { bubbles: true }));
}

// What differs between two diagrams: ids that were added, removed, changed or moved.
async function compare(before, after) {
  const moddle = new BpmnModdle({ zeebe });
  const [old, now] = await Promise.all([moddle.fromXML(before), moddle.fromXML(after)]);
  const changes = diff(old.rootElement, now.rootElement);
  return {
    added: Object.keys(changes._added),
    removed: Object.keys(changes._removed),
    changed: Object.keys(changes._changed),
    moved: Object.keys(changes._layoutChanged),
  };
}

Object.assign(window.chengxin, { newViewer, showDiagram, markDiagram: mark, compareDiagrams: compare });
