/**
 * What makes a form page pleasant: redrawing without losing what is being typed, rows without a
 * reload, counters, and a question before unsaved work is left. Without it every form still works.
 */

const FORM = '[data-cx-form]'

let unsaved = false
let leavingIsFine = false
let prepared = false
let composing = false
let underway = false
let waiting = null

/** Prepares the forms below `root`; may be called again for new content. */
export function enhanceForms(root = document) {
  if (!prepared) {
    prepared = true
    listen()
  }
  const bodies = root.matches?.(FORM) ? [root] : root.querySelectorAll(FORM)
  for (const body of bodies) {
    unsaved = unsaved || body.hasAttribute('data-cx-dirty')
    body.querySelectorAll('[data-cx-counter]').forEach(showCount)
  }
  if (root === document) document.querySelector('[data-cx-errors]')?.focus()
}

/** Says that what stands on the page has been saved (a draft). */
export function markSaved() {
  unsaved = false
}

function listen() {
  document.addEventListener('input', onInput)
  document.addEventListener('change', onChange)
  document.addEventListener('keydown', onKeydown)
  document.addEventListener('click', onClick)
  document.addEventListener('submit', onSubmit)
  document.addEventListener('cx:saved', markSaved)
  document.addEventListener('compositionstart', () => { composing = true })
  document.addEventListener('compositionend', () => { composing = false })
  window.addEventListener('beforeunload', askBeforeLeaving)
}

// ---------------------------------------------------------------------------- unsaved work

function onInput(event) {
  const body = event.target.closest?.(FORM)
  if (!body) return
  unsaved = true
  const counter = body.querySelector(`[data-cx-counter="${CSS.escape(event.target.id)}"]`)
  if (counter) showCount(counter)
}

function onChange(event) {
  const body = event.target.closest?.(FORM)
  if (!body) return
  unsaved = true
  if (body.hasAttribute('data-cx-reacts')) redraw(body)
}

function onSubmit(event) {
  if (event.target.querySelector(FORM)) leavingIsFine = !event.defaultPrevented
}

function askBeforeLeaving(event) {
  if (!unsaved || leavingIsFine) return
  event.preventDefault()
}

// --------------------------------------------------------------------------------- keyboard

/** Enter goes to the next field: it must not send a half-filled form. */
function onKeydown(event) {
  const field = event.target
  if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return
  if (!field.matches?.('input') || !field.closest(FORM)) return
  if (['submit', 'button', 'file'].includes(field.type)) return
  event.preventDefault()
  const fields = [...field.closest(FORM).querySelectorAll(
    'input:not([type=hidden]), select, textarea, button.cx-row-add'
  )].filter((one) => one.offsetParent !== null)
  fields[fields.indexOf(field) + 1]?.focus()
}

function onClick(event) {
  const button = event.target.closest?.('[name=_add], [name=_remove]')
  const body = button?.closest(`${FORM}[data-cx-preview]`)
  if (body) {
    event.preventDefault()
    redraw(body, button)
  }
  goToField(event)
}

/** A link of the error summary puts the cursor into the field, not only near it. */
function goToField(event) {
  const link = event.target.closest?.('[data-cx-errors] a[href^="#"]')
  const place = link && document.getElementById(link.hash.slice(1))
  if (!place) return
  event.preventDefault()
  const inner = place.matches('input, select, textarea')
    ? place
    : place.querySelector('input:not([type=hidden]), select, textarea')
  const target = inner ?? place
  target.focus({ preventScroll: true })
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  target.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
}

// --------------------------------------------------------------------------------- counters

function showCount(counter) {
  const field = document.getElementById(counter.dataset.cxCounter)
  if (!field) return
  const bounds = counter.dataset.cxBounds ?? counter.textContent
  counter.dataset.cxBounds = bounds
  const length = [...field.value.trim()].length
  counter.textContent = length ? `${length} / ${counter.dataset.cxMax} · ${bounds}` : bounds
  counter.classList.toggle('cx-limits--over', length > Number(counter.dataset.cxMax))
}

// -------------------------------------------------------------------------------- redrawing

/**
 * Shows the form anew as the server sees it. One request at a time; what is asked for meanwhile
 * follows it. A row button that cannot be answered submits the page, as without a script.
 */
async function redraw(body, button = null) {
  if (!body.dataset.cxPreview) return
  if (underway) {
    waiting = { button: button ?? waiting?.button ?? null }
    return
  }
  underway = true
  const sent = valuesOf(body)
  const fresh = await ask(body, button)
  await notComposing()
  underway = false
  if (fresh) {
    morph(body, fresh, { sent, force: button?.name === '_remove' })
    enhanceForms(body)
    if (button) focusRows(body, button)
  } else if (button) {
    leavingIsFine = true
    body.closest('form').requestSubmit(button)
    return
  }
  const next = waiting
  waiting = null
  if (next) redraw(body, next.button?.isConnected ? next.button : null)
}

async function ask(body, button) {
  const data = new URLSearchParams()
  for (const [name, value] of new FormData(body.closest('form'))) {
    if (typeof value === 'string') data.append(name, value)
  }
  if (button) data.append(button.name, button.value)
  try {
    const answer = await fetch(body.dataset.cxPreview, { method: 'POST', body: data, credentials: 'same-origin' })
    if (!answer.ok) return null
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    return page.querySelector(FORM)
  } catch {
    return null
  }
}

/** Waits until no word is being composed: a redraw would break the input method. */
function notComposing() {
  if (!composing) return Promise.resolve()
  return new Promise((done) => document.addEventListener('compositionend', () => setTimeout(done), { once: true }))
}

const isBox = (field) => field.type === 'checkbox' || field.type === 'radio'
const keyOfValue = (field) => `${field.name}\n${isBox(field) ? field.value : ''}`
const valueOf = (field) => (isBox(field) ? field.checked : field.value)

/** Values by name, as they stand in the form now. */
function valuesOf(body) {
  const fields = [...body.querySelectorAll('input, select, textarea')].filter((field) => field.type !== 'file')
  return new Map(fields.map((field) => [keyOfValue(field), valueOf(field)]))
}

/** Makes `old` look like `fresh`, touching only what differs: cursor, input method and undo stay. */
function morph(old, fresh, task) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  if (old.nodeType !== Node.ELEMENT_NODE || old.type === 'file') return
  const isField = old.matches('input, select, textarea') && old.type !== 'hidden'
  const keep = isField && !task.force && task.sent.has(keyOfValue(old)) && task.sent.get(keyOfValue(old)) !== valueOf(old)
  const typed = isField ? valueOf(old) : null
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name)
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
  if (old.localName !== 'textarea') morphChildren(old, fresh, task)
  if (!isField) return
  const wanted = keep ? typed : valueOf(fresh)
  if (valueOf(old) === wanted) return
  if (isBox(old)) old.checked = wanted
  else old.value = wanted
}

const keyOfNode = (node) => node.id || node.dataset?.cxKey || node.dataset?.cxRow || node.name || ''
const alike = (one, other) => one.nodeName === other.nodeName && keyOfNode(one) === keyOfNode(other)

function morphChildren(old, fresh, task) {
  let at = old.firstChild
  for (const next of [...fresh.childNodes]) {
    const match = findAlike(at, next)
    if (!match) {
      old.insertBefore(document.adoptNode(next), at)
      continue
    }
    while (at !== match) {
      const gone = at
      at = at.nextSibling
      gone.remove()
    }
    at = match.nextSibling
    morph(match, next, task)
  }
  while (at) {
    const gone = at
    at = at.nextSibling
    gone.remove()
  }
}

function findAlike(at, next) {
  if (!at) return null
  if (alike(at, next)) return at
  if (!keyOfNode(next)) return null
  for (let node = at; node; node = node.nextSibling) if (alike(node, next)) return node
  return null
}

/** After a row came or went: the cursor is where the work goes on. */
function focusRows(body, button) {
  unsaved = true
  const list = button.name === '_add' ? button.value : listOf(button.value)
  const rows = [...body.querySelectorAll('[data-cx-row]')].filter((row) => listOf(row.dataset.cxRow) === list)
  const add = body.querySelector(`[name=_add][value="${CSS.escape(list)}"]`)
  const first = rows.at(-1)?.querySelector('input:not([type=hidden]), select, textarea')
  const target = button.name === '_add' ? first : add
  target?.focus()
}

const listOf = (row) => row.replace(/\[\d+\]$/, '')
