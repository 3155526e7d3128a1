"""The figures of supervision (S3.3, C.13): per unit and month, from register and history."""

from engine.register.figures.board import Board, board
from engine.register.figures.model import (
    COUNT,
    MEAN,
    RATE,
    Figure,
    Line,
    Months,
    Section,
    months_between,
)
from engine.register.figures.workbook import board_xlsx, step_words

__all__ = [
    "COUNT",
    "MEAN",
    "RATE",
    "Board",
    "Figure",
    "Line",
    "Months",
    "Section",
    "board",
    "board_xlsx",
    "months_between",
    "step_words",
]
