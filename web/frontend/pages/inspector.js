// A click on an element of the diagram narrows what stands below it, and a link below marks the
// element; the address keeps both. Without this script the links do the same by loading the page.
import './inspector.css';

const MARK = 'cx-selected';
const READABLE = 0.5;
const MARGIN = 80;

function around(elements) {
  const left = Math.min(...elements.map((one) => one.x)) - MARGIN;
  const top = Math.min(...elements.map((one) => one.y)) - MARGIN;
  const right = Math.max(...elements.map((one) => one.x + one.width)) + MARGIN;
  const bottom = Math.max(...elements.map((one) => one.y + one.height)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function start(frame) {
  const target = frame.dataset.inspect;
  const contents = () => document.querySelector(target);
  const figure = frame.querySelector('[data-diagram]');
  let marked = null;
  let asking = null;

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

  // The newest wish counts: an answer that is overtaken is not waited for.
  async function go(address, id) {
    window.history.replaceState(null, '', address);
    mark(id);
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(address, { headers: { 'HX-Request': 'true' }, signal });
      const part = await answer.text();
      if (signal.aborted) return;
      if (answer.ok && !answer.redirected) window.htmx.swap(contents(), part, { swapStyle: 'outerHTML' });
      else window.location.assign(address);
    } catch {
      if (!signal.aborted) window.location.assign(address);
    }
  }

  function countAt(element) {
    const shown = figure.viewer.get('overlays').get({ element: element.id });
    return Math.max(0, ...shown.map(({ html }) => Number.parseInt(html.textContent, 10) || 0));
  }

  // Where the work is: the whole diagram if it can be read so, else all its tokens, else the
  // element where most of them are.
  function showTokens() {
    const canvas = figure.viewer.get('canvas');
    const known = figure.viewer.get('elementRegistry');
    const { inner, outer } = canvas.viewbox();
    const fits = ({ width, height }) => Math.min(outer.width / width, outer.height / height);
    if (fits(inner) >= READABLE) {
      canvas.zoom('fit-viewport', 'auto');
      if (canvas.zoom() > 1) canvas.zoom(1, 'auto');
      return;
    }
    let here = known.filter((element, graphics) => element.width && graphics.classList.contains('cx-here'));
    if (!here.length) here = known.filter((element) => element.type === 'bpmn:StartEvent').slice(0, 1);
    if (!here.length) return;
    here.sort((one, other) => countAt(other) - countAt(one));
    let box = around(here);
    if (fits(box) < READABLE) box = around(here.slice(0, 1));
    const zoom = Math.min(0.9, fits(box));
    const [width, height] = [outer.width / zoom, outer.height / zoom];
    canvas.viewbox({ x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height });
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
