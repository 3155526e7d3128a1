// A click on an element of the diagram narrows what stands below it, and a link below marks the
// element; the address keeps both. Without this script the links do the same by loading the page.
import './inspector.css';

const MARK = 'cx-selected';

function start(frame) {
  const target = frame.dataset.inspect;
  const contents = () => document.querySelector(target);
  const figure = frame.querySelector('[data-diagram]');
  let marked = null;

  function mark(id) {
    const viewer = figure.viewer;
    if (!viewer) return;
    const canvas = viewer.get('canvas');
    const known = viewer.get('elementRegistry');
    if (marked && known.get(marked)) canvas.removeMarker(marked, MARK);
    marked = id && known.get(id) ? id : null;
    if (!marked) return;
    canvas.addMarker(marked, MARK);
    canvas.scrollToElement?.(marked, 80);
  }

  function choose(id) {
    const address = new URL(window.location.href);
    for (const name of ['older', 'newer']) address.searchParams.delete(name);
    if (id) address.searchParams.set('element', id);
    else address.searchParams.delete('element');
    go(address, id);
  }

  function go(address, id) {
    window.history.replaceState(null, '', address);
    mark(id);
    window.htmx.ajax('GET', `${address.pathname}${address.search}`, { target, swap: 'outerHTML' });
  }

  // Where the work is: not the whole of a wide diagram, too small to read, but the tokens in it.
  function showTokens() {
    const viewer = figure.viewer;
    const canvas = viewer.get('canvas');
    if (canvas.zoom() >= 0.55) return;
    const here = viewer.get('elementRegistry').filter((_element, graphics) => graphics.classList.contains('cx-here'));
    const shown = here[0] || viewer.get('elementRegistry').find((element) => element.type === 'bpmn:StartEvent');
    if (!shown) return;
    const area = canvas.viewbox().outer;
    const zoom = 0.75;
    const [width, height] = [area.width / zoom, area.height / zoom];
    canvas.viewbox({
      x: shown.x + shown.width / 2 - width / 2,
      y: shown.y + shown.height / 2 - height / 2,
      width,
      height,
    });
  }

  function ready() {
    if (frame.dataset.inspected) return;
    frame.dataset.inspected = 'yes';
    showTokens();
    mark(contents()?.dataset.element);
  }
  figure.addEventListener('cx:diagram', ready);
  if (figure.dataset.ready) ready();
  figure.addEventListener('cx:element', ({ detail }) => choose(detail.element));

  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest('[data-element-link]');
    if (link) {
      event.preventDefault();
      choose(link.dataset.elementLink);
      return;
    }
    const tab = event.target.closest(`${target} .cx-tabs a`);
    if (tab) {
      event.preventDefault();
      go(new URL(tab.href), contents()?.dataset.element);
    }
  });
}

for (const frame of document.querySelectorAll('[data-inspect]')) start(frame);
