// "/" goes to the search, "?" shows the keys.
export function typing(target) {
  return target.closest('input, textarea, select, [contenteditable], dialog[open], .cx-keys-off') !== null;
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === '/') {
    const box = document.querySelector('[data-search-box]');
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === '?') {
    document.getElementById('shortcuts')?.showModal();
  }
});
