"""FEEL, the expression language of DMN 1.5: text → closures → values. Pure.

A text is compiled once (`compile_expression`, `compile_unary_tests`) and evaluated often.
"""

from engine.feel.codec import decode, encode, json_text, plain
from engine.feel.environment import Clock, Deadlines, Environment, WorkingDays
from engine.feel.errors import (
    Fault,
    FeelError,
    FeelLimitExceeded,
    FeelSyntaxError,
    NotDecodable,
    NotEncodable,
    Warning,
)
from engine.feel.expression import (
    Evaluation,
    Expression,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    known_functions,
    read_type,
)
from engine.feel.function import Function, NamedTypes, Signature
from engine.feel.syntax import Type
from engine.feel.values import Range, YearMonthDuration
from engine.feel.wide import (
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    to_microseconds,
)

__all__ = [
    "Clock",
    "Deadlines",
    "Environment",
    "Evaluation",
    "Expression",
    "Fault",
    "FeelError",
    "FeelLimitExceeded",
    "FeelSyntaxError",
    "Function",
    "NamedTypes",
    "NotDecodable",
    "NotEncodable",
    "Range",
    "Signature",
    "Type",
    "UnaryTests",
    "Warning",
    "WideDate",
    "WideDateTime",
    "WideDuration",
    "WideTime",
    "WorkingDays",
    "YearMonthDuration",
    "compile_expression",
    "compile_unary_tests",
    "decode",
    "encode",
    "json_text",
    "known_functions",
    "plain",
    "read_type",
    "to_microseconds",
]
