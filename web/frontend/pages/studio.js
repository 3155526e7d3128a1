// Two versions of a diagram side by side, coloured by what differs. Also the styles of the studio.
import '../styles/studio.css';

const MARKS = { added: 'cx-diff-added', removed: 'cx-diff-removed', changed: 'cx-diff-changed', moved: 'cx-diff-moved' };

const READABLE = 0.7;

async function text(address) {
  const answer = await fetch(address, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

function mark(viewer, ids, kind) {
  const known = viewer.get('elementRegistry');
  for (const id of ids) {
    if (known.get(id)?.parent) viewer.get('canvas').addMarker(id, MARKS[kind]);
  }
}

// What one side shows, the other shows too.
function follow(from, to) {
  let moving = false;
  const copy = (source, target) => source.on('canvas.viewbox.changed', ({ viewbox }) => {
    if (moving) return;
    moving = true;
    target.get('canvas').viewbox({ x: viewbox.x, y: viewbox.y, width: viewbox.width, height: viewbox.height });
    moving = false;
  });
  copy(from, to);
  copy(to, from);
}

function shown(viewer, id) {
  const element = viewer.get('elementRegistry').get(id);
  return element?.parent && element;
}

// Bring an element to the middle, large enough to be read, on the side that has it; the other follows.
function goTo(viewers, id) {
  const side = [...viewers].reverse().find((viewer) => shown(viewer, id));
  if (!side) return;
  const canvas = side.get('canvas');
  if (canvas.zoom() < READABLE) canvas.zoom(READABLE);
  const element = shown(side, id);
  const { x, y, width = 0, height = 0 } = element.waypoints ? element.waypoints[0] : element;
  const view = canvas.viewbox();
  canvas.viewbox({ x: x + width / 2 - view.width / 2, y: y + height / 2 - view.height / 2, width: view.width, height: view.height });
}

async function compare(box) {
  const [before, after] = await Promise.all([text(box.dataset.before), text(box.dataset.after)]);
  const viewers = ['compare-before', 'compare-after'].map((id) => window.chengxin.newViewer(document.getElementById(id)));
  const [old, now] = viewers;
  try {
    await Promise.all([old.importXML(before), now.importXML(after)]);
  } catch {
    box.hidden = true;
    return;
  }
  const differ = await window.chengxin.compareDiagrams(before, after);
  for (const viewer of viewers) viewer.get('canvas').zoom('fit-viewport', 'auto');
  mark(old, differ.removed, 'removed');
  mark(now, differ.added, 'added');
  for (const viewer of viewers) {
    mark(viewer, differ.moved, 'moved');
    mark(viewer, differ.changed, 'changed');
  }
  follow(old, now);
  const first = [...differ.changed, ...differ.added, ...differ.removed].find((id) => viewers.some((viewer) => shown(viewer, id)));
  if (first && now.get('canvas').zoom() < READABLE) goTo(viewers, first);
  box.dataset.ready = 'yes';
  document.getElementById('changes').addEventListener('click', (event) => {
    const button = event.target.closest('[data-element]');
    if (!button) return;
    goTo(viewers, button.dataset.element);
    box.scrollIntoView({ block: 'nearest' });
  });
}

const box = document.getElementById('compare');
if (box) compare(box);
