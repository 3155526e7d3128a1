"""The files a new diagram, table or form begins as: what the desktop modeler would write."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape, quoteattr

from engine.runtime.deployments import Kind

PLATFORM = "8.8.0"
SCHEMA_VERSION = 19


def empty_file(kind: Kind, id_: str, name: str) -> bytes:
    """A file of `kind` whose process, decision or form has this id and name."""
    return {"bpmn": _diagram, "dmn": _table, "form": _form}[kind](id_, name).encode()


def _diagram(id_: str, name: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" \
xmlns:modeler="http://camunda.org/schema/modeler/1.0" \
id="definitions" targetNamespace="http://bpmn.io/schema/bpmn" \
modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="{PLATFORM}">
  <bpmn:process id={quoteattr(id_)} name={quoteattr(name)} isExecutable="true">
    <bpmn:startEvent id="start" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement={quoteattr(id_)}>
      <bpmndi:BPMNShape id="start_shape" bpmnElement="start">
        <dc:Bounds x="180" y="160" width="36" height="36" />
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


def _table(id_: str, name: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" \
xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
xmlns:modeler="http://camunda.org/schema/modeler/1.0" \
id="definitions" name={quoteattr(name)} namespace="http://camunda.org/schema/1.0/dmn" \
modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="{PLATFORM}">
  <decision id={quoteattr(id_)} name={quoteattr(name)}>
    <decisionTable id="table">
      <input id="input_1" label="{escape("输入")}">
        <inputExpression id="input_expression_1" typeRef="string">
          <text></text>
        </inputExpression>
      </input>
      <output id="output_1" label="{escape("结果")}" name="result" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="drawing">
      <dmndi:DMNShape id="decision_shape" dmnElementRef={quoteattr(id_)}>
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


def _form(id_: str, name: str) -> str:
    schema = {
        "id": id_,
        "name": name,
        "type": "default",
        "schemaVersion": SCHEMA_VERSION,
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": PLATFORM,
        "components": [],
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
