// Our own FEEL functions, offered by the completion of the properties panel.
import VariableProvider from '@bpmn-io/variable-resolver/lib/VariableProvider.js';
import { is } from 'bpmn-js/lib/util/ModelUtil.js';
import functions from './feel_functions.json';

class OwnFunctions extends VariableProvider {
  getVariables(element) {
    if (!is(element, 'bpmn:Process')) return [];
    return functions.map(({ name, params, info }) => ({
      name,
      type: 'function',
      info,
      params: params.map((param) => ({ name: param })),
      scope: element,
    }));
  }
}
OwnFunctions.$inject = ['variableResolver'];

export const ownFunctions = { __init__: ['ownFunctions'], ownFunctions: ['type', OwnFunctions] };
