// The editor of decisions and tables.
import { CamundaCloudModeler as Modeler } from 'camunda-dmn-js';
import { translateModule } from './translate.js';
import './styles/dmn.css';

window.chengxin = window.chengxin || {};

window.chengxin.newDmnEditor = ({ canvas, panel, language = 'zh' }) => {
  const additionalModules = [translateModule(language)];
  return new Modeler({
    container: canvas,
    common: { additionalModules },
    drd: { propertiesPanel: { parent: panel }, additionalModules },
    decisionTable: { additionalModules },
    literalExpression: { additionalModules },
    boxedExpression: { additionalModules },
  });
};
