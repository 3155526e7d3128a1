"""Diagrams: read, checked, compiled to specs, and the tokens that move over them."""

from engine.bpmn.compile import CompiledProcess, compile_process
from engine.bpmn.execution import Execution
from engine.bpmn.findings import Finding
from engine.bpmn.host import Host, Token
from engine.bpmn.model import Diagram, Element, Process, SequenceFlow
from engine.bpmn.reader import read_diagram

__all__ = [
    "CompiledProcess",
    "Diagram",
    "Element",
    "Execution",
    "Finding",
    "Host",
    "Process",
    "SequenceFlow",
    "Token",
    "compile_process",
    "read_diagram",
]
