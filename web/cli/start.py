"""`chengxin start PROCESS --as LOGIN --data JSON`: start a process from the command line."""

from __future__ import annotations

import click

from web.cli.installation import acting_as, as_option, data_of, this_installation


@click.command("start")
@click.argument("process_id")
@as_option(required=True)
@click.option("--data", default="{}", help="启动表单各项，JSON 或 @文件 / JSON or @file")
def start(process_id: str, login: str, data: str) -> None:
    """启动一个流程。Start the version of a process that is in force."""
    from engine.runtime.commands import StartInstance

    answers = data_of(data)
    runtime = this_installation()
    user = acting_as(runtime, login)
    user.require("case.start")
    key = runtime.execute(StartInstance(process_id=process_id, user=user, variables=answers))
    click.echo(f"流程实例 {key} 已启动。 / Process instance {key} is started.")
