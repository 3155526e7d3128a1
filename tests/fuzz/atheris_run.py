"""Coverage-guided fuzzing: `python -m tests.fuzz.atheris_run TARGET [libFuzzer options]`.

Not part of the tests: it runs until it finds something or time is up (`make fuzz`). What it found
once is a test in tests/engine/feel or tests/engine/dmn. A file it writes is tried again by naming
it: `python -m tests.fuzz.atheris_run TARGET FILE`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["engine.feel", "engine.dmn"]):
    from tests.fuzz import targets
    from tests.fuzz.choices import Choices
    from tests.fuzz.expressions import any_text, expression, unary_tests
    from tests.fuzz.models import SHIPPED, SMALL, changed_elements
    from tests.fuzz.values import text, value, variables

ROOT = Path(__file__).resolve().parents[2]
_QUOTED = re.compile(r"""(?<!")"((?:[^"\\\n]|\\.)+)"|'((?:[^'\\\n]|\\.)+)'""")


def parser(data: bytes) -> None:
    """Bytes as a text, and as choices that make one."""
    targets.read_text(data.decode("utf-8", "surrogateescape"))
    targets.read_text(any_text(Choices(data)))


def evaluator(data: bytes) -> None:
    """Bytes as choices of an expression, a cell and variables, and as the text itself."""
    choices = Choices(data)
    made, cell, given = expression(choices), unary_tests(choices), variables(choices)
    targets.evaluate_text(made, given)
    targets.ask_cell(cell, value(choices), given)
    targets.evaluate_text(data.decode("utf-8", "surrogateescape"), {"a": 1, "b": [1, {"c": "x"}]})


def dmn(data: bytes) -> None:
    """Bytes as a file, and as changes of a file."""
    targets.read_model(data)
    choices = Choices(data)
    model = targets.read_model(changed_elements(choices))
    if model is not None:
        targets.examine_model(model)
        targets.ask_model(model, variables(choices))


def patterns(data: bytes) -> None:
    """Bytes as a pattern, a text and flags."""
    choices = Choices(data)
    flags = "".join(choices.one("smixq") for _ in range(choices.below(3)))
    given = {"t": text(choices) * (1 + choices.below(40)), "f": flags, "r": text(choices)}
    given["p"] = choices.rest().decode("utf-8", "surrogateescape")
    for call in ("matches(t, p, f)", "replace(t, p, r, f)", "split(t, p)", "extract(t, p)"):
        targets.evaluate_text(call, given)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "parser": parser,
    "evaluator": evaluator,
    "dmn": dmn,
    "patterns": patterns,
}


def _seeds(target: str) -> Iterator[bytes]:
    """Files that ship, and the texts in quotes of the tests of FEEL."""
    if target == "dmn":
        yield from (SMALL, *SHIPPED)
        return
    for file in sorted((ROOT / "tests" / "engine" / "feel").glob("test_*.py")):
        for quoted in _QUOTED.finditer(file.read_text(encoding="utf-8")):
            yield (quoted[1] or quoted[2]).encode("utf-8")


def _write_seeds(target: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds(target)):
        (folder / f"seed-{number}").write_bytes(seed)


def main() -> None:
    target, *options = sys.argv[1:]
    if not any(Path(option).is_file() for option in options):
        corpus = ROOT / "var" / "fuzz" / target
        if not corpus.exists():
            _write_seeds(target, corpus)
        options = [str(corpus), f"-artifact_prefix={corpus.parent}/{target}-", *options]
    atheris.Setup([sys.argv[0], *options], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
