// The script of every page: htmx, then one file per behaviour.
import './htmx.js';
import './behaviours/needs_script.js';
import './behaviours/forged_requests.js';
import './behaviours/theme_choice.js';
import './behaviours/menus.js';
import './behaviours/dialogs.js';
import './behaviours/search_key.js';
import './behaviours/list_keys.js';
import './behaviours/submit_once.js';
import './behaviours/submit_on_change.js';
import './behaviours/confirm_first.js';
import './behaviours/errors_of_updates.js';
import './behaviours/diagrams.js';
import { enhanceForms } from './src/forms.js';

function enhance(root) {
  enhanceForms(root);
}

document.addEventListener('DOMContentLoaded', () => enhance(document));
document.addEventListener('htmx:load', (event) => enhance(event.detail.elt));
