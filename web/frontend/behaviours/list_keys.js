// In a list: j and k move, Enter opens (data-row-link), c claims (data-row-claim), x selects.
import { typing } from './search_key.js';

const CURRENT = 'cx-row-current';

function rows() {
  return [...document.querySelectorAll('[data-list] tbody tr')].filter((row) => row.querySelector('[data-row-link]'));
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains(CURRENT));
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))] || all[0];
  if (at >= 0) all[at].classList.remove(CURRENT);
  next.classList.add(CURRENT);
  next.querySelector('[data-row-link]').focus();
  next.scrollIntoView({ block: 'nearest' });
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  c: (row) => row?.querySelector('[data-row-claim]')?.click(),
  x: (row) => row?.querySelector('input[type=checkbox]')?.click(),
  Enter: (row, event) => {
    if (event.target === document.body) row?.querySelector('[data-row-link]')?.click();
  },
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = KEYS[event.key];
  if (act) act(document.querySelector(`[data-list] .${CURRENT}`), event);
});
