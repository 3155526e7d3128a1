// Light, dark, or as the system has it; kept in this browser.
document.addEventListener('DOMContentLoaded', () => {
  const choice = document.querySelector('[data-theme-choice]');
  if (!choice) return;
  choice.hidden = false;
  const current = localStorage.getItem('cx-theme') || 'auto';
  for (const input of choice.querySelectorAll('input')) input.checked = input.value === current;
  choice.addEventListener('change', (event) => {
    localStorage.setItem('cx-theme', event.target.value);
    dispatchEvent(new Event('cx:theme'));
  });
});
