// data-confirm="…" asks before a form is sent; data-confirm-verb names the act on the button.
let asked = null;

function build(question, verb) {
  const dialog = document.createElement('dialog');
  dialog.className = 'cx-dialog';
  const body = document.createElement('div');
  body.className = 'cx-dialog-body';
  const words = document.createElement('p');
  words.textContent = question;
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'cx-dialog-ways';
  for (const [value, text, style] of [
    ['no', document.documentElement.lang === 'en' ? 'Cancel' : '取消', 'btn-outline-secondary'],
    ['yes', verb, 'btn-primary'],
  ]) {
    const button = document.createElement('button');
    button.className = `btn ${style}`;
    button.value = value;
    button.textContent = text;
    form.append(button);
  }
  body.append(words, form);
  dialog.append(body);
  document.body.append(dialog);
  return dialog;
}

document.addEventListener('submit', (event) => {
  const button = event.submitter;
  const source = button?.dataset.confirm ? button : event.target;
  const question = source.dataset?.confirm;
  if (!question || asked === event.target) {
    asked = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = build(question, source.dataset.confirmVerb || button?.textContent.trim() || 'OK');
  dialog.addEventListener('close', () => {
    const yes = dialog.returnValue === 'yes';
    dialog.remove();
    if (!yes) return;
    asked = event.target;
    event.target.requestSubmit(button);
  });
  dialog.showModal();
}, true);
