/**
 * What makes a form page pleasant: redrawing without losing what is being typed, rows without a
 * reload, counters, and a question before unsaved work is left. Without it every form still works.
 */

const FORM = '[data-cx-form]'

let unsaved = false
let leavingIsFine = false
let sentValues = null
let pressed = null
let prepared = false

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
  document.addEventListener('change', onInput)
  document.addEventListener('keydown', onKeydown)
  document.addEventListener('click', onClick)
  document.addEventListener('submit', onSubmit)
  document.addEventListener('cx:saved', markSaved)
  window.addEventListener('beforeunload', askBeforeLeaving)
  document.addEventListener('htmx:beforeRequest', beforeRequest)
  document.addEventListener('htmx:beforeSwap', beforeSwap)
  document.addEventListener('htmx:afterSettle', afterSettle)
}

// ---------------------------------------------------------------------------- unsaved work

function onInput(event) {
  const body = event.target.closest?.(FORM)
  if (!body) return
  unsaved = true
  const counter = body.querySelector(`[data-cx-counter="${CSS.escape(event.target.id)}"]`)
  if (counter) showCount(counter)
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

/** A link of the error summary puts the cursor into the field, not only near it. */
function onClick(event) {
  pressed = event.target.closest?.('[name=_add], [name=_remove]') ?? null
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

const isRedraw = (event) => event.detail.target?.matches?.(FORM)

/** Values by name, a list each: what stood in the form at one moment. */
function valuesOf(body) {
  const values = new Map()
  for (const field of body.querySelectorAll('input, select, textarea')) {
    if (!field.name || ['hidden', 'file', 'submit'].includes(field.type)) continue
    const value = ['checkbox', 'radio'].includes(field.type) ? field.checked : field.value
    values.set(`${field.name}\n${field.type === 'radio' || field.type === 'checkbox' ? field.value : ''}`, value)
  }
  return values
}

let typedMeanwhile = new Map()

function beforeRequest(event) {
  if (!isRedraw(event)) return
  sentValues = valuesOf(event.detail.target)
}

/** The answer knows what was sent; what was typed since then is put back after the swap. */
function beforeSwap(event) {
  if (!isRedraw(event) || !sentValues) return
  typedMeanwhile = new Map()
  for (const [key, value] of valuesOf(event.detail.target)) {
    if (sentValues.has(key) && sentValues.get(key) !== value) typedMeanwhile.set(key, value)
  }
}

function afterSettle() {
  const body = document.querySelector(FORM)
  if (!body || !sentValues) return
  sentValues = null
  for (const field of body.querySelectorAll('input, select, textarea')) {
    const boxed = ['checkbox', 'radio'].includes(field.type)
    const key = `${field.name}\n${boxed ? field.value : ''}`
    if (field.type === 'hidden' || !typedMeanwhile.has(key)) continue
    if (boxed) field.checked = typedMeanwhile.get(key)
    else field.value = typedMeanwhile.get(key)
  }
  const again = typedMeanwhile.size > 0 && body.hasAttribute('hx-trigger')
  typedMeanwhile = new Map()
  enhanceForms(body)
  if (pressed) focusRows(body, pressed)
  pressed = null
  if (again) body.dispatchEvent(new CustomEvent('cx:refresh'))
}

/** After a row came or went: the cursor is where the work goes on. */
function focusRows(body, button) {
  unsaved = true
  const list = button.name === '_add' ? button.value : button.value.replace(/\[\d+\]$/, '')
  const rows = [...body.querySelectorAll('[data-cx-row]')].filter(
    (row) => row.dataset.cxRow.replace(/\[\d+\]$/, '') === list
  )
  const add = body.querySelector(`[name=_add][value="${CSS.escape(list)}"]`)
  const first = rows.at(-1)?.querySelector('input:not([type=hidden]), select, textarea')
  const target = button.name === '_add' ? first : add
  target?.focus()
}
