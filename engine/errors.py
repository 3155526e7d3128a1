"""The root of every error a person may see: said in Chinese and English, with its place."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.place import Place

Language = Literal["zh", "en"]


class ChengxinError(Exception):
    """An error that names what was expected, what was found, where, and what to do.

    A subclass gives the templates `zh` and `en`; `values` fill them. `place` is where the fault
    stands, if it stands in a file.
    """

    zh: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, *, place: Place | None = None, **values: object) -> None:
        self.values = values
        self.place = place
        super().__init__(values)

    def message(self, language: Language = "zh") -> str:
        """The sentence for a person, without its place."""
        template = self.zh if language == "zh" else self.en
        return template.format(**self.values)

    def __str__(self) -> str:
        text = f"{self.message('zh')} / {self.message('en')}"
        return f"{self.place}: {text}" if self.place else text
