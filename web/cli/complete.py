"""`chengxin complete TASK_KEY --as LOGIN --data JSON`: do a task from the command line."""

from __future__ import annotations

import click

from web.cli.installation import acting_as, as_option, data_of, this_installation


@click.command("complete")
@click.argument("task_key", type=int)
@as_option(required=True)
@click.option("--data", default="{}", help="表单各项，JSON 或 @文件 / the answers, JSON or @file")
def complete(task_key: int, login: str, data: str) -> None:
    """办理一项任务。Complete a task: the same checks hold as on its page."""
    from engine.runtime.commands import CompleteTask

    answers = data_of(data)
    runtime = this_installation()
    user = acting_as(runtime, login)
    user.require("task.complete")
    runtime.execute(CompleteTask(task_key=task_key, user=user, variables=answers))
    click.echo(f"任务 {task_key} 已办结。 / Task {task_key} is done.")
