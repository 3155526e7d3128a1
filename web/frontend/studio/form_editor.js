// The form builder behind the studio's buttons.
export function formEditor({ canvas, language, onChange }) {
  const editor = window.chengxin.newFormEditor({ container: canvas, language });
  let loaded = false;
  editor.on('changed', () => { if (loaded) onChange(); });

  function box(id) {
    return canvas.querySelector(`.fjs-element[data-id="${CSS.escape(id)}"]`);
  }

  return {
    editor,
    async open(text) {
      loaded = false;
      const { warnings = [] } = await editor.importSchema(JSON.parse(text));
      setTimeout(() => { loaded = true; });
      return warnings.map((warning) => warning.message || `${warning}`);
    },
    async text() {
      return `${JSON.stringify(editor.saveSchema(), null, 2)}\n`;
    },
    select(id) {
      const field = editor.get('formFieldRegistry').get(id);
      if (!field) return false;
      editor.get('selection').set(field);
      setTimeout(() => box(id)?.scrollIntoView({ block: 'center' }), 50);
      return true;
    },
    mark(findings) {
      for (const old of canvas.querySelectorAll('.cx-finding-field')) {
        old.classList.remove('cx-finding-field', 'cx-finding-field-error', 'cx-finding-field-warning');
      }
      for (const { element, level } of findings) {
        if (element) box(element)?.classList.add('cx-finding-field', `cx-finding-field-${level}`);
      }
    },
  };
}
