// The diagram editor behind the studio's buttons.
import { ownFunctions } from './feel_functions.js';

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

  function shape(id) {
    return modeler.get('elementRegistry').get(id);
  }

  return {
    modeler,
    async open(text) {
      const { warnings } = await modeler.importXML(text);
      fit();
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
      modeler.get('canvas').scrollToElement(element, { top: 120, right: 120, bottom: 120, left: 120 });
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
