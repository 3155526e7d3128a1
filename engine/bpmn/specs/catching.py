"""Who catches an error or escalation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from engine.bpmn.specs.base import ROOT, LiveTask, TokenSpec


class Catch(NamedTuple):
    """The event that catches, and the task that holds it: an activity, or a listener in a scope."""

    spec: TokenSpec
    holder: LiveTask


def catch_of(scope: LiveTask, kind: str, code: str) -> Catch | None:
    """The innermost event that catches what is thrown in `scope`.

    At each level the event sub-processes come first, then the boundary events of the sub-process;
    of several at one place that with the very code is taken, else one that catches every code.
    What is thrown inside an event sub-process is not caught by it or its siblings again.
    """
    holder = scope
    ask_listeners = True
    while True:
        listeners = [c for c in holder.children if ask_listeners and c.task_spec.is_listener]
        found = _best((Catch(c.task_spec, c) for c in listeners), kind, code)
        if found is None:
            found = catch_at(holder, kind, code)
        if found is not None or holder.id == ROOT:
            return found
        ask_listeners = not holder.task_spec.element.triggered_by_event
        holder = holder.parent


def catch_at(holder: LiveTask, kind: str, code: str) -> Catch | None:
    """The boundary event of this activity that catches."""
    return _best((Catch(b, holder) for b in holder.task_spec.boundaries), kind, code)


def _best(catches: Iterable[Catch], kind: str, code: str) -> Catch | None:
    catch_all = None
    for catch in catches:
        event = catch.spec.catches
        if event is None or event.kind != kind:
            continue
        expected = event.code.text if event.code else ""
        if expected == code:
            return catch
        if not expected and catch_all is None:
            catch_all = catch
    return catch_all
