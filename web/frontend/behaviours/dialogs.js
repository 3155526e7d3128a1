// data-dialog-open="id" opens a dialog; a click on its backdrop closes it.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog-open]');
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialogOpen);
    if (dialog && !dialog.open) dialog.showModal();
    return;
  }
  if (event.target.matches('dialog.cx-dialog')) event.target.close();
});
