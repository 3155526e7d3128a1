// What the server answers to an update in place is said where messages stand, errors too.
function say(text, category) {
  const place = document.getElementById('flashes');
  if (!place) return;
  const message = document.createElement('p');
  message.className = `cx-flash cx-flash-${category}`;
  message.setAttribute('role', category === 'error' ? 'alert' : 'status');
  message.textContent = text;
  place.replaceChildren(message);
  place.scrollIntoView({ block: 'nearest' });
}

window.chengxin = window.chengxin || {};
window.chengxin.say = say;

document.addEventListener('htmx:responseError', (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html');
  const words = page.querySelector('.cx-error-detail, .cx-error p')?.textContent;
  say(words || `${event.detail.xhr.status}`, 'error');
});

document.addEventListener('htmx:sendError', () => {
  say(document.documentElement.lang === 'en' ? 'The server cannot be reached. Try again.' : '连接不上服务器，请稍后再试。', 'error');
});
