"""`chengxin setup-demo`: load the demonstration into the database without serving it."""

from __future__ import annotations

from dataclasses import replace

import click

from web.app import build_runtime
from web.config import Config
from web.prepare import prepare


@click.command("setup-demo")
def setup_demo() -> None:
    """加载演示单位、用户、流程和案件。Load units, users, procedures and cases to look at."""
    config = replace(Config.from_environment(), demonstration=True)
    prepared = prepare(config, build_runtime(config), cases=True)
    if prepared.refused is not None:
        raise click.ClickException(str(prepared.refused))
    click.echo("演示数据已加载。 / The demonstration is loaded.")
