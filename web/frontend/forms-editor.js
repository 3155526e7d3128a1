// The form builder.
import { FormEditor } from '@bpmn-io/form-js-editor';
import './styles/forms-editor.css';

window.chengxin = window.chengxin || {};
window.chengxin.newFormEditor = ({ container, ...options }) => new FormEditor({ container, ...options });
