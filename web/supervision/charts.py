"""What a chart of the board is given: months, and a series for each figure of a section."""

from __future__ import annotations

from engine.register.figures import COUNT, RATE, Board, Section
from web.language import in_language

Chart = dict[str, object]


def chart_of(section: Section, board: Board) -> Chart | None:
    """The numbers of a section as its script takes them; None if there is nothing to draw."""
    series = [
        {
            "name": in_language(*figure.kind.name),
            "rate": figure.kind.measure == RATE,
            "bar": figure.kind.measure == COUNT,
            "target": float(figure.kind.target) if figure.kind.target is not None else None,
            "values": [
                float(number) if number is not None else None
                for number in (figure.number(figure.total.months.get(m)) for m in board.months)
            ],
        }
        for figure in section.figures
        if figure.lines
    ]
    return {"months": list(board.months), "series": series} if series else None
