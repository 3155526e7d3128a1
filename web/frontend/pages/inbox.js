// The list of tasks: the bar of selected rows.
import './inbox.css';

const bar = document.querySelector('[data-bulk]');

function picks() {
  return [...document.querySelectorAll('[data-pick]')];
}

function say() {
  const count = picks().filter((box) => box.checked).length;
  const words = bar.querySelector('[data-bulk-words]');
  words.textContent = words.dataset.template.replace('{n}', count);
  bar.hidden = count === 0;
  for (const box of picks()) box.closest('tr').classList.toggle('cx-row-picked', box.checked);
}

if (bar) {
  const words = bar.querySelector('[data-bulk-words]');
  words.setAttribute('role', 'status');
  bar.querySelector('[data-bulk-none]').hidden = false;
  bar.querySelector('[data-bulk-none]').addEventListener('click', () => {
    for (const box of picks()) box.checked = false;
    say();
  });
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-pick]')) say();
  });
  document.addEventListener('htmx:afterSwap', say);
  addEventListener('pageshow', say);
  say();
}

// A click beside the links of a row opens it, as its link does; text can still be selected.
document.addEventListener('click', (event) => {
  const row = event.target.closest('.cx-inbox tbody tr');
  if (!row || event.target.closest('a, button, input, label, form') || String(getSelection())) return;
  row.querySelector('a[data-row-link]')?.click();
});
