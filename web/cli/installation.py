"""The installation that a command works on: its database brought up to date, its people."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from engine.identity import SYSTEM, User, load_user
from engine.runtime import Runtime
from engine.store.migrate import upgrade


def this_installation() -> Runtime:
    """The runtime on the database of this installation; one that is new is prepared first."""
    from web.app import build_runtime
    from web.cli.run import configuration
    from web.prepare import prepare

    config = configuration(None, None)
    runtime = build_runtime(config)
    if upgrade(runtime.engine) or not _has_definitions(runtime):
        prepared = prepare(config, runtime)
        if prepared.refused is not None:
            click.echo(str(prepared.refused), err=True)
    return runtime


def acting_as(runtime: Runtime, login: str | None) -> User:
    """The person with this login, the product itself without one. Raises `UnknownUser`."""
    if login is None:
        return SYSTEM
    with runtime.reading() as connection:
        return load_user(connection, login)


def as_option(*, required: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--as LOGIN`, handed over as `login`."""
    return click.option(
        "--as",
        "login",
        required=required,
        metavar="LOGIN",
        help="以此账号的身份办理 / act as this person" + ("" if required else "（缺省：系统）"),
    )


def data_of(text: str) -> dict[str, object]:
    """The JSON object in `text`, or in the file that follows an `@`; numbers stay exact."""
    try:
        data = json.loads(text_or_file(text), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise click.ClickException(
            f"--data 应为 JSON 或 @文件：{error} / --data must be JSON or @file: {error}"
        ) from None
    if not isinstance(data, dict):
        raise click.ClickException("--data 应为 JSON 对象 {…} / --data must be a JSON object {…}")
    return data


def text_or_file(text: str) -> str:
    """`text`, or what the file says that follows an `@`. Raises `OSError`, `UnicodeDecodeError`."""
    return Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text


def _has_definitions(runtime: Runtime) -> bool:
    with runtime.reading() as connection:
        return runtime.definitions.horizon(connection) > 0
