"""What the reader takes from a diagram as the modeler writes it."""

import pytest

from engine.bpmn.model import Binding
from engine.bpmn.reader import read_diagram

FULL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d">
<bpmn:collaboration id="c"><bpmn:participant id="pool" name="经办机构" processRef="listing"/></bpmn:collaboration>
<bpmn:process id="listing" name="列入" isExecutable="true">
  <bpmn:documentation>第八条</bpmn:documentation>
  <bpmn:extensionElements>
    <zeebe:versionTag value="2026-1"/>
    <zeebe:properties><zeebe:property name="legal" value="true"/></zeebe:properties>
  </bpmn:extensionElements>
  <bpmn:laneSet><bpmn:lane id="l1" name="县区"><bpmn:childLaneSet>
    <bpmn:lane id="l2" name="经办人"><bpmn:flowNodeRef>review</bpmn:flowNodeRef></bpmn:lane>
    <bpmn:lane id="l3"><bpmn:flowNodeRef>part</bpmn:flowNodeRef></bpmn:lane>
  </bpmn:childLaneSet><bpmn:flowNodeRef>part</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
  <bpmn:startEvent id="start"/>
  <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="review"/>
  <bpmn:userTask id="review" name="审核">
    <bpmn:extensionElements>
      <zeebe:userTask/>
      <zeebe:formDefinition formId="review_form" bindingType="versionTag" versionTag="v2"/>
      <zeebe:assignmentDefinition assignee="=clerk" candidateGroups="R2"/>
      <zeebe:taskSchedule dueDate="=deadline(&quot;REVIEW&quot;, start)"/>
      <zeebe:priorityDefinition priority="80"/>
      <zeebe:ioMapping>
        <zeebe:input source="=party.name" target="name"/>
        <zeebe:output source="=answer" target="result"/>
      </zeebe:ioMapping>
    </bpmn:extensionElements>
    <bpmn:multiInstanceLoopCharacteristics isSequential="true">
      <bpmn:extensionElements>
        <zeebe:loopCharacteristics inputCollection="=items" inputElement="item"
          outputCollection="results" outputElement="=result"/>
      </bpmn:extensionElements>
      <bpmn:completionCondition>=done</bpmn:completionCondition>
    </bpmn:multiInstanceLoopCharacteristics>
  </bpmn:userTask>
  <bpmn:boundaryEvent id="late" attachedToRef="review" cancelActivity="false">
    <bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition>
  </bpmn:boundaryEvent>
  <bpmn:sequenceFlow id="f2" name="是" sourceRef="review" targetRef="part">
    <bpmn:conditionExpression>=ok</bpmn:conditionExpression>
  </bpmn:sequenceFlow>
  <bpmn:subProcess id="part">
    <bpmn:receiveTask id="answer" messageRef="m"/>
    <bpmn:serviceTask id="job"><bpmn:extensionElements>
      <zeebe:taskDefinition type="documents.produce" retries="2"/>
      <zeebe:taskHeaders><zeebe:header key="template" value="prior_notice"/></zeebe:taskHeaders>
    </bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:callActivity id="call"><bpmn:extensionElements>
      <zeebe:calledElement processId="publication" propagateAllChildVariables="false"/>
    </bpmn:extensionElements></bpmn:callActivity>
    <bpmn:endEvent id="failed"><bpmn:errorEventDefinition errorRef="e"/></bpmn:endEvent>
  </bpmn:subProcess>
  <bpmn:textAnnotation id="note"><bpmn:text>说明</bpmn:text></bpmn:textAnnotation>
</bpmn:process>
<bpmn:message id="m" name="answer"><bpmn:extensionElements>
  <zeebe:subscription correlationKey="=case_no"/></bpmn:extensionElements></bpmn:message>
<bpmn:error id="e" name="no" errorCode="FALSE_PAPERS"/>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="c">
  <bpmndi:BPMNShape bpmnElement="part"><dc:Bounds x="1" y="2" width="100" height="80"/></bpmndi:BPMNShape>
  <bpmndi:BPMNShape bpmnElement="start"><dc:Bounds x="1" y="2" width="36" height="NaN"/></bpmndi:BPMNShape>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
"""  # noqa: E501


@pytest.fixture(scope="module")
def diagram():
    return read_diagram(FULL.encode(), "listing.bpmn")


@pytest.fixture(scope="module")
def process(diagram):
    return diagram.processes["listing"]


def test_a_process_carries_its_version_its_properties_and_its_documentation(process):
    assert (process.name, process.executable, process.version_tag) == ("列入", True, "2026-1")
    assert process.properties["legal"] == "true"
    assert process.documentation == "第八条"


def test_everything_knows_its_line(process):
    lines = FULL.splitlines()
    assert '"review" name' in lines[process.elements["review"].place.line - 1]
    assert 'id="f2"' in lines[process.flows["f2"].place.line - 1]
    assert "zeebe:output" in lines[process.elements["review"].outputs[0].place.line - 1]


def test_a_user_task_carries_form_people_due_date_priority_and_mappings(process):
    task = process.elements["review"]
    assert (task.form.form_id, task.form.binding) == ("review_form", "versionTag:v2")
    assert task.assignment.assignee == Binding(text="=clerk")
    assert task.assignment.candidate_groups == Binding(text="R2")
    assert task.schedule.due_date.source == 'deadline("REVIEW", start)'
    assert task.priority == Binding(text="80")
    assert [(m.source.source, m.target) for m in task.inputs] == [("party.name", "name")]
    assert [(m.source.source, m.target) for m in task.outputs] == [("answer", "result")]
    assert not task.is_user_task_job


def test_a_multi_instance_carries_its_collections_and_its_condition(process):
    loop = process.elements["review"].loop
    assert (loop.sequential, loop.input_collection.source, loop.input_element) == (
        True,
        "items",
        "item",
    )
    assert (loop.output_collection, loop.output_element.source) == ("results", "result")
    assert loop.completion_condition.source == "done"


def test_the_lane_is_the_innermost_with_a_name_and_goes_down_into_sub_processes(process):
    assert process.elements["review"].lane == "经办人"
    assert process.elements["part"].lane == "县区"
    assert process.elements["answer"].lane == "县区"
    assert process.elements["start"].lane is None


def test_sub_processes_are_flattened_in_document_order(process):
    assert list(process.elements) == [
        *("start", "review", "late", "part", "answer", "job", "call", "failed")
    ]
    assert [e.id for e in process.children_of("part")] == ["answer", "job", "call", "failed"]


def test_flows_know_their_ends_and_elements_their_flows(process):
    assert process.elements["review"].incoming == ("f1",)
    assert process.elements["review"].outgoing == ("f2",)
    assert process.flows["f2"].condition == Binding(text="=ok")


def test_a_boundary_timer_knows_its_activity_its_text_and_that_it_does_not_interrupt(process):
    late = process.elements["late"]
    assert (late.attached_to, late.interrupting) == ("review", False)
    assert (late.event.timer_kind, late.event.timer.text) == ("timeDuration", "PT2H")


def test_messages_and_errors_are_found_by_reference(process):
    message = process.elements["answer"].message
    assert (message.name.text, message.correlation_key.source) == ("answer", "case_no")
    assert process.elements["failed"].event.code == Binding(text="FALSE_PAPERS")


def test_a_job_carries_its_headers_and_a_call_what_it_hands_on(process):
    job = process.elements["job"].task_type
    assert (job.type.text, job.retries.text, dict(job.headers)) == (
        "documents.produce",
        "2",
        {"template": "prior_notice"},
    )
    call = process.elements["call"].called_process
    assert call.propagate_all_parent_variables
    assert not call.propagate_all_child_variables


def test_pools_and_annotations_are_texts(diagram):
    assert (diagram.texts["pool"].kind, diagram.texts["pool"].name) == ("participant", "经办机构")
    assert (diagram.texts["note"].kind, diagram.texts["note"].name) == ("textAnnotation", "说明")


def test_a_sub_process_is_folded_unless_the_file_says_otherwise(diagram):
    assert not diagram.shapes["part"].expanded


def test_a_shape_without_numbers_is_left_out(diagram):
    assert "start" not in diagram.shapes
    assert diagram.planes == {"c": frozenset({"part"})}
