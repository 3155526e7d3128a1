"""`chengxin setup-organisation`: load units, roles and users from a file."""

from __future__ import annotations

from pathlib import Path

import click

from engine.identity import ORGANISATION, load_organisation
from engine.store import open_database
from engine.store.migrate import upgrade
from web.config import Config


@click.command("setup-organisation")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def setup_organisation(file: Path | None) -> None:
    """从 YAML 文件导入单位、角色和用户（缺省为随附的单位与角色），可重复执行。"""
    engine = open_database(Config.from_environment().database_url)
    upgrade(engine)
    with engine.begin() as connection:
        loaded = load_organisation(connection, file or ORGANISATION)
    click.echo(
        f"单位 {loaded.units}，角色 {loaded.roles}，用户 {loaded.users}。 / "
        f"{loaded.units} units, {loaded.roles} roles, {loaded.users} users."
    )
