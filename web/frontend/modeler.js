// The diagram editor: Camunda 8 dialect, properties panel, token simulation, lint.
import Modeler from 'camunda-bpmn-js/lib/camunda-cloud/Modeler.js';
import TokenSimulation from 'bpmn-js-token-simulation';
import Lint from 'bpmn-js-bpmnlint';
import bpmnlint from 'virtual:bpmnlint';
import { translateModule } from './translate.js';
import './styles/modeler.css';

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans SC", sans-serif';

window.chengxin = window.chengxin || {};

window.chengxin.newModeler = ({ canvas, panel, language = 'zh', modules = [], options = {} }) =>
  new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    linting: { bpmnlint, active: false },
    textRenderer: { defaultStyle: { fontFamily: FONT }, externalStyle: { fontFamily: FONT } },
    ...options,
    additionalModules: [translateModule(language), TokenSimulation, Lint, ...modules],
  });
