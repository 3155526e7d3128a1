"""`chengxin feel EXPR`: the value of an expression, or whether a value passes a cell's text."""

from __future__ import annotations

from collections.abc import Mapping

import click

from engine.feel import (
    FeelError,
    compile_expression,
    compile_unary_tests,
    decode,
    json_text,
)
from web.cli.evaluation import context_option, here, tell, variables_of


@click.command("feel", context_settings={"ignore_unknown_options": True})
@click.argument("expression")
@context_option()
@click.option(
    "--unary",
    metavar="VALUE",
    help="把表达式当作决策表的单元格，检验此值（JSON 或 FEEL）"
    " / take the expression as a cell of a table and test this value",
)
def feel(expression: str, context: str, unary: str | None) -> None:
    """求 FEEL 表达式的值，以 JSON 输出。The value of a FEEL expression, as JSON.

    结果中为空（null）的原因写在标准错误里，前面是字符位置。Why a part of the result is null is
    told on standard error, with the position in the expression.
    """
    variables = variables_of(context)
    names = _names_in(variables)
    if unary is None:
        answer = compile_expression(expression, names=names).evaluate(variables, here())
    else:
        tested = _value_of(unary, variables)
        answer = compile_unary_tests(expression, names=names).test(tested, variables, here())
    tell(answer.warnings)
    click.echo(json_text(answer.value))


def _value_of(text: str, variables: Mapping[str, object]) -> object:
    """The value in `text`: JSON, or an expression over the variables."""
    try:
        return decode(text)
    except FeelError:
        answer = compile_expression(text, names=_names_in(variables)).evaluate(variables, here())
        tell(answer.warnings)
        return answer.value


def _names_in(value: object) -> frozenset[str]:
    """Every name in the variables, also of inner entries: they may be several words."""
    if isinstance(value, Mapping):
        inner = (_names_in(entry) for entry in value.values())
        return frozenset(value).union(*inner)
    if isinstance(value, list):
        return frozenset().union(*map(_names_in, value))
    return frozenset()
