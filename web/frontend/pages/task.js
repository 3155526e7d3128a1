// The page of a task: drafts without leaving it, and the small diagram at its current step.
import './task.css';

const form = document.querySelector('[data-task-form]');

// What was typed is only worth keeping at a claim if something was typed.
const typed = form?.querySelector('[data-typed]');
if (typed) {
  if (!form.querySelector('[data-cx-dirty]')) typed.value = '';
  form.addEventListener('input', () => { typed.value = '1'; });
}

function hasFiles() {
  return [...form.querySelectorAll('input[type=file]')].some((one) => one.files.length);
}

async function keep(button) {
  const data = new FormData(form);
  for (const name of [...data.keys()]) if (data.get(name) instanceof File) data.delete(name);
  button.disabled = true;
  try {
    const answer = await window.chengxin.request(button.getAttribute('formaction'), {
      method: 'POST',
      body: data,
    });
    const said = await answer.json();
    if (!answer.ok) {
      window.chengxin.say(said.message || said.detail || said.title, 'error');
      return;
    }
    form.querySelector('[data-draft-says]').textContent = said.message;
    document.dispatchEvent(new CustomEvent('cx:saved'));
  } catch {
    button.disabled = false;
    form.requestSubmit(button);
  } finally {
    button.disabled = false;
  }
}

const draft = form?.querySelector('[data-draft]');
draft?.addEventListener('click', (event) => {
  if (hasFiles()) return;
  event.preventDefault();
  keep(draft);
});
document.addEventListener('keydown', (event) => {
  if (!draft || event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  draft.click();
});

// Small as it is, the diagram shows where the task stands.
document.getElementById('task-diagram')?.addEventListener('cx:diagram', async (event) => {
  const { viewer, dataset } = event.target;
  const answer = await fetch(dataset.tokens, { credentials: 'same-origin' });
  if (!answer.ok) return;
  const [here] = Object.keys((await answer.json()).tokens);
  const element = here && viewer.get('elementRegistry').get(here);
  if (!element) return;
  const canvas = viewer.get('canvas');
  const middle = { x: element.x + element.width / 2, y: element.y + element.height / 2 };
  canvas.zoom(0.62, middle);
  const box = canvas.viewbox();
  canvas.viewbox({ ...box, x: middle.x - box.width / 2, y: middle.y - box.height / 2 });
});

// Errors are where the work goes on.
document.querySelector('[data-cx-errors]')?.focus();
