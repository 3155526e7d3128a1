// The diagram editor behind the studio's buttons.
import { ownFunctions } from './feel_functions.js';

const READABLE = 0.7;
/* Below this zoom labels cannot be read: a large diagram opens at its beginning instead. */
const PALETTE = 110;

const MARKERS = { error: 'cx-finding-here-error', warning: 'cx-finding-here-warning' };

export function bpmnEditor({ canvas, panel, language, onChange }) {
  const modeler = window.chengxin.newModeler({
    canvas, panel, language, modules: [ownFunctions],
  });
  const marked = new Map();
  let overlays = [];
  modeler.on('commandStack.changed', onChange);

  function fit() {
    const view = modeler.get('canvas');
    view.zoom('fit-viewport', 'auto');
    if (view.zoom() > 1) view.zoom(1, 'auto');
  }

  function begin() {
    fit();
    const view = modeler.get('canvas');
    if (view.zoom() >= READABLE) return;
    const { inner, outer } = view.viewbox();
    const zoom = 0.85;
    const height = outer.height / zoom;
    view.viewbox({
      x: inner.x - PALETTE / zoom,
      y: Math.max(inner.y - 20, Math.min(firstStep()?.y ?? inner.y, inner.y + inner.height) - height / 2),
      width: outer.width / zoom,
      height,
    });
    modeler.get('minimap', false)?.open();
  }

  function firstStep() {
    return modeler.get('elementRegistry').filter(({ type }) => type === 'bpmn:StartEvent').sort((a, b) => a.x - b.x)[0];
  }

  // Between palette and panel, above the minimap.
  function centre(element) {
    const view = modeler.get('canvas');
    if (view.zoom() < READABLE) view.zoom(READABLE);
    const { x, y, width = 0, height = 0 } = element.waypoints ? element.waypoints[0] : element;
    const seen = view.viewbox();
    view.viewbox({ x: x + width / 2 - seen.width / 2, y: y + height / 2 - seen.height / 3, width: seen.width, height: seen.height });
  }

  function shape(id) {
    return modeler.get('elementRegistry').get(id);
  }

  return {
    modeler,
    async open(text) {
      const { warnings } = await modeler.importXML(text);
      begin();
      setTimeout(() => modeler.get('selection').select(modeler.get('canvas').getRootElement()));
      return warnings.map((warning) => warning.message);
    },
    async text() {
      return (await modeler.saveXML({ format: true })).xml;
    },
    select(id) {
      const element = shape(id);
      if (!element) return false;
      const root = modeler.get('canvas').findRoot(element);
      if (root) modeler.get('canvas').setRootElement(root);
      modeler.get('selection').select(element);
      centre(element);
      return true;
    },
    mark(findings) {
      const view = modeler.get('canvas');
      for (const [id, marker] of marked) if (shape(id)) view.removeMarker(id, marker);
      marked.clear();
      for (const overlay of overlays) modeler.get('overlays').remove(overlay);
      overlays = [];
      const roots = new Set(view.getRootElements());
      for (const { element: id, level, text } of findings) {
        const element = shape(id);
        if (!element || roots.has(element) || marked.has(id)) continue;
        view.addMarker(id, MARKERS[level]);
        marked.set(id, MARKERS[level]);
        if (element.waypoints) continue;
        const sign = document.createElement('span');
        sign.className = `cx-finding-sign cx-finding-sign-${level}`;
        sign.textContent = level === 'error' ? '✕' : '!';
        sign.title = text;
        overlays.push(modeler.get('overlays').add(id, 'cx', { position: { top: -10, left: -10 }, html: sign }));
      }
    },
    fit,
    undo: () => modeler.get('commandStack').undo(),
    redo: () => modeler.get('commandStack').redo(),
    simulate() {
      modeler.get('toggleMode').toggleMode();
    },
    onSimulation(listener) {
      modeler.on('tokenSimulation.toggleMode', ({ active }) => listener(active));
    },
  };
}
