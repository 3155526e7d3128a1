// Every request that changes something carries the token of this session.
export function token() {
  return document.querySelector('meta[name="csrf-token"]').content;
}

document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = token();
});

// For scripts of pages: a request of ours, with the token.
window.chengxin = window.chengxin || {};
window.chengxin.request = (address, options = {}) =>
  fetch(address, {
    credentials: 'same-origin',
    ...options,
    headers: { Accept: 'application/json', 'X-CSRFToken': token(), ...(options.headers || {}) },
  });
