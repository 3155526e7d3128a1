// The editor of decisions behind the studio's buttons: a tab for the drawing and for each decision.
const LABELS = { drd: 'cx-view-drd', decisionTable: 'cx-view-table', literalExpression: 'cx-view-literal', boxedExpression: 'cx-view-literal' };

export function dmnEditor({ canvas, panel, language, onChange, views: bar, overview }) {
  const editor = window.chengxin.newDmnEditor({ canvas, panel, language });
  let findings = [];
  editor.on('viewer.created', ({ viewer }) => viewer.on('commandStack.changed', onChange));

  function decisionOf(id) {
    const byId = (element, found) => {
      if (!element || found) return found;
      if (element.id === id) return true;
      const inner = Object.entries(element).filter(([key]) => !key.startsWith('$'));
      return inner.some(([, value]) =>
        (Array.isArray(value) ? value : [value]).some((part) => part && part.$type && byId(part, false)));
    };
    return editor.getViews().find((view) => view.type !== 'drd' && byId(view.element, false));
  }

  function paintTabs() {
    const active = editor.getActiveView();
    bar.replaceChildren(...editor.getViews().map((view) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.role = 'tab';
      tab.className = `cx-view ${LABELS[view.type] || ''}`;
      tab.ariaSelected = `${active?.id === view.id}`;
      tab.textContent = view.type === 'drd' ? overview : (view.name || view.id);
      tab.addEventListener('click', () => editor.open(view));
      return tab;
    }));
    bar.hidden = editor.getViews().length < 2;
    panel.hidden = active?.type !== 'drd';
    panel.parentElement.classList.toggle('cx-studio-wide', panel.hidden);
    setTimeout(paintFindings);
  }

  function paintFindings() {
    for (const old of canvas.querySelectorAll('.cx-finding-row')) {
      old.classList.remove('cx-finding-row', 'cx-finding-row-error', 'cx-finding-row-warning');
    }
    for (const { element, level } of findings) {
      for (const cell of element ? canvas.querySelectorAll(`[data-row-id="${CSS.escape(element)}"], [data-element-id="${CSS.escape(element)}"]`) : []) {
        cell.classList.add('cx-finding-row', `cx-finding-row-${level}`);
      }
    }
  }

  editor.on('views.changed', paintTabs);

  return {
    editor,
    async open(text) {
      const { warnings } = await editor.importXML(text, { open: false });
      const views = editor.getViews();
      const decisions = views.filter((view) => view.type !== 'drd');
      await editor.open(decisions.length === 1 ? decisions[0] : (decisions.find((view) => view.type === 'decisionTable') || views[0]));
      return warnings.map((warning) => warning.message);
    },
    async text() {
      return (await editor.saveXML({ format: true })).xml;
    },
    async select(id) {
      const view = decisionOf(id);
      if (!view) return false;
      if (editor.getActiveView()?.id !== view.id) await editor.open(view);
      setTimeout(() => {
        const cell = canvas.querySelector(`[data-row-id="${CSS.escape(id)}"], [data-element-id="${CSS.escape(id)}"], [data-col-id="${CSS.escape(id)}"]`);
        cell?.scrollIntoView({ block: 'center', inline: 'nearest' });
        cell?.querySelector('[contenteditable]')?.focus();
      }, 50);
      return true;
    },
    mark(found) {
      findings = found;
      paintFindings();
    },
  };
}
