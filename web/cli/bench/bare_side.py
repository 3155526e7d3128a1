"""The yardstick: bare SpiffWorkflow in memory, its own JSON saved and loaded at every task."""

from __future__ import annotations

from typing import Any, cast

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.feel import plain
from web.cli.bench.process import VARIABLES, sequence


class BareSide:
    """The same process on SpiffWorkflow as it comes."""

    def __init__(self) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(sequence()), "bench.bpmn")
        self._spec = parser.get_spec("bench")
        self._serializer = BpmnWorkflowSerializer()
        self._data: dict[str, Any] = cast("dict[str, Any]", plain(VARIABLES))

    def complete_one_instance(self) -> int:
        """Start an instance and complete its tasks. Gives how many there were."""
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        completed = 0
        text = self._serializer.serialize_json(workflow)
        while True:
            workflow = self._serializer.deserialize_json(text)
            ready = workflow.get_tasks(state=TaskState.READY, manual=True)
            if not ready:
                return completed
            ready[0].data.update({**self._data, "years": completed})
            ready[0].run()
            workflow.do_engine_steps()
            text = self._serializer.serialize_json(workflow)
            completed += 1
