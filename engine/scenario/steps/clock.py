"""Time goes on, with the server up or down."""

from __future__ import annotations

from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import at
from engine.scenario.steps.registry import Key, kind
from engine.scenario.values import show


@kind("时间到", "advance", "action")
def _advance(desk: Desk, step: Step) -> None:
    """时钟走到某时刻，途中到期的依次发生。The clock goes on; what falls due on the way happens."""
    instant = at(step.subject, "时间到")
    now = desk.clock.now()
    if instant < now:
        raise StepFailed(
            f"时钟不能倒走：现在是 {show(now)}", f"the clock does not go back: it is {show(now)}"
        )
    desk.runtime.run_until(instant)


@kind("停机", "down", "action", Key(zh="恢复", en="up", required=True))
def _down(desk: Desk, step: Step) -> None:
    """服务器在某时刻停机，到恢复时重新启动。The server is down from an instant to another."""
    down, up = at(step.subject, "停机"), at(step.fields["up"], "恢复")
    now = desk.clock.now()
    if not now <= down <= up:
        raise StepFailed(
            f"停机不能早于现在（{show(now)}），恢复不能早于停机",
            f"the server cannot go down before now ({show(now)}), nor be up before it is down",
        )
    desk.runtime.run_until(down)
    desk.restart(up)
    desk.runtime.sweep()
