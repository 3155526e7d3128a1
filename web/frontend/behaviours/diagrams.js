// Diagrams come alive when they come into view; the viewer is loaded only then.
const loading = new Map();

function load(script, style) {
  if (!loading.has(script)) {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = style;
    document.head.append(sheet);
    loading.set(script, new Promise((resolve, reject) => {
      const element = document.createElement('script');
      element.src = script;
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    }));
  }
  return loading.get(script);
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    const { script, style } = entry.target.dataset;
    load(script, style).then(() => window.chengxin.showDiagram(entry.target));
  }
});

function watch(root) {
  for (const figure of root.querySelectorAll('[data-diagram]:not([data-watched])')) {
    figure.dataset.watched = 'yes';
    seen.observe(figure);
  }
}

document.addEventListener('DOMContentLoaded', () => watch(document));
document.addEventListener('htmx:load', (event) => watch(event.detail.elt.parentNode || document));
