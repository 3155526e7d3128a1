// A form marked data-once is sent once, however often its button is pressed.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-once]')) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  form.setAttribute('aria-busy', 'true');
});

// Coming back to a page kept by the browser: the form may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.removeAttribute('aria-busy');
  }
});
