"""Shared by commands that evaluate FEEL: variables from JSON, surroundings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from engine.calendar import national_calendar
from engine.clock import SystemClock
from engine.dmn import DecisionModel, read_decisions
from engine.feel import Environment, FeelError, Warning, decode
from engine.runtime.deadlines import TABLE, DeadlineBook
from engine.shipped import shipped_folder
from web.cli.installation import text_or_file


def context_option(*, required: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--context JSON`, handed over as `context`."""
    return click.option(
        "--context",
        required=required,
        default=None if required else "{}",
        metavar="JSON",
        help="变量：JSON 对象，或 @文件 / the variables: a JSON object, or @file."
        ' 日期写作 {"@date": "2024-03-26"} / a date is written so',
    )


def variables_of(text: str) -> Mapping[str, object]:
    """The variables in a JSON object, or in the file that follows an `@`; numbers stay exact."""
    try:
        variables = decode(text_or_file(text))
    except (OSError, UnicodeDecodeError, FeelError) as error:
        raise click.BadParameter(str(error), param_hint="--context") from None
    if not isinstance(variables, dict):
        raise click.BadParameter(
            "应为 JSON 对象 {…} / must be a JSON object {…}", param_hint="--context"
        )
    return variables


def here() -> Environment:
    """The clock of this machine, the national calendar, and the periods that ship."""
    clock, calendar = SystemClock(), national_calendar()
    book = DeadlineBook(model=_shipped_deadlines, calendar=calendar, clock=clock)
    return Environment(clock=clock, calendar=calendar, deadlines=book)


def _shipped_deadlines() -> DecisionModel | None:
    files = sorted(shipped_folder("dmn").glob("*.dmn"))
    models = (read_decisions(file.read_bytes(), file.name) for file in files)
    return next((model for model in models if TABLE in model.decisions), None)


def tell(warnings: Iterable[Warning]) -> None:
    """Say on standard error why something became null."""
    for warning in warnings:
        click.echo(f"{warning.offset + 1}: {warning}", err=True)
