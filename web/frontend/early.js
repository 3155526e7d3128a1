// Runs before the first paint: light or dark, as chosen or as the system has it.
const chosen = localStorage.getItem('cx-theme') || 'auto';
const dark = matchMedia('(prefers-color-scheme: dark)');

function apply() {
  const theme = localStorage.getItem('cx-theme') || 'auto';
  const isDark = theme === 'dark' || (theme === 'auto' && dark.matches);
  document.documentElement.dataset.bsTheme = isDark ? 'dark' : 'light';
}

document.documentElement.dataset.themeChoice = chosen;
apply();
dark.addEventListener('change', apply);
addEventListener('cx:theme', apply);
