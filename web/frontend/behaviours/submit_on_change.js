// A filter takes effect when it is changed; without a script its button does.
document.addEventListener('change', (event) => {
  const form = event.target.closest('[data-submit-on-change]') && event.target.form;
  if (form) form.requestSubmit();
});
