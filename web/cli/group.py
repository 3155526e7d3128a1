"""`chengxin`: every file of this folder that holds a click command of its name is one."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from engine.errors import ChengxinError

PACKAGE = __name__.rpartition(".")[0]


def _files() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(import_module(PACKAGE).__path__)]


def _names(file: str) -> set[str]:
    """What the command of a file may be called: as the file, or by the first word of its name."""
    return {file.replace("_", "-"), file.partition("_")[0]}


class CommandFolder(click.Group):
    """Commands by file name, loaded when they are asked for; errors of the engine in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        found = (name for file in _files() for name in _names(file))
        return sorted(name for name in found if self.get_command(ctx, name) is not None)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for file in _files():
            if cmd_name in _names(file):
                members = vars(import_module(f"{PACKAGE}.{file}")).values()
                commands = (member for member in members if isinstance(member, click.Command))
                found = next((command for command in commands if command.name == cmd_name), None)
                if found is not None:
                    return found
        return None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ChengxinError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=CommandFolder, help="诚信 Chengxin：社会保险严重失信人名单管理。")
@click.version_option(version("chengxin"), package_name="chengxin")
def main() -> None:
    pass
