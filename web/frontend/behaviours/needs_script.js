// What only works with a script is shown only where one runs.
export function showScripted(root) {
  for (const element of root.querySelectorAll('[data-needs-script][hidden]')) element.hidden = false;
}

document.addEventListener('DOMContentLoaded', () => showScripted(document));
document.addEventListener('htmx:load', (event) => showScripted(event.detail.elt));
