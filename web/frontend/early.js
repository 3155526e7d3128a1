// Runs before the first paint: light or dark, as chosen or as the system has it.
const dark = matchMedia('(prefers-color-scheme: dark)');

function apply() {
  const theme = localStorage.getItem('cx-theme') || 'auto';
  const isDark = theme === 'dark' || (theme === 'auto' && dark.matches);
  document.documentElement.dataset.bsTheme = isDark ? 'dark' : 'light';
}

apply();
// Paper is white.
addEventListener('beforeprint', () => { document.documentElement.dataset.bsTheme = 'light'; });
addEventListener('afterprint', apply);
dark.addEventListener('change', apply);
addEventListener('cx:theme', apply);
