"""One evaluation: its warnings and how far it has gone, and the frames of its scopes."""

from __future__ import annotations

from engine.errors import ChengxinError
from engine.feel.environment import Environment
from engine.feel.errors import CallsTooDeep, TooManySteps, Warning
from engine.feel.limits import (
    MAX_CALLS,
    MAX_STEPS,
    MAX_WARNINGS,
    bounded_list,
    bounded_string,
)
from engine.feel.patterns.budget import Budget
from engine.feel.sizes import COMPOUND, size_of


class Session:
    """The state of one evaluation.

    Steps count work: an iteration or a call is one, and what goes through or makes long lists and
    strings counts by their length. Evaluations with one `Meter` share their steps.
    """

    __slots__ = ("_calls", "_left", "_patterns", "environment", "warnings")

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.warnings: list[Warning] = []
        meter = environment.meter
        self._left = MAX_STEPS if meter is None else meter.left
        self._calls = 0
        self._patterns: Budget | None = None

    @property
    def patterns(self) -> Budget:
        """The budget of all regular expressions in this evaluation, or in those of its meter."""
        if self._patterns is None:
            meter = self.environment.meter
            self._patterns = Budget() if meter is None else meter.patterns
        return self._patterns

    def warn(self, fault: ChengxinError, offset: int) -> None:
        """Remember why something became null."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(Warning.of(fault, offset))

    def step(self, count: int = 1) -> None:
        """Count `count` steps. Raises `TooManySteps`."""
        self._left -= count
        if self._left < 0:
            raise TooManySteps(limit=MAX_STEPS)

    def weigh(self, value: object) -> None:
        """Count a value that is gone through with all that is inside it.

        Raises `TooManySteps` and `ValueTooDeep`.
        """
        if type(value) in COMPOUND:
            self.step(size_of(value, self._left + 1 << 2) >> 2)
        else:
            self.count_length(value)

    def count_length(self, value: object) -> None:
        """Count the characters of a string, or the items of a list or context.

        Raises `TooManySteps`, `StringTooLong` and `ListTooLong`.
        """
        if isinstance(value, str):
            self.step(len(bounded_string(value)) >> 5)
        elif isinstance(value, (list, dict)):
            self.step(len(bounded_list(value)) >> 2)

    def settle(self) -> None:
        """Tell the meter what is left, before other evaluations and at the end."""
        if self.environment.meter is not None:
            self.environment.meter.left = self._left

    def resume(self) -> None:
        """Go on after other evaluations with what they left."""
        if self.environment.meter is not None:
            self._left = self.environment.meter.left

    def enter_call(self) -> None:
        """Go one function deeper. Raises `CallsTooDeep`."""
        self._calls += 1
        if self._calls > MAX_CALLS:
            raise CallsTooDeep(limit=MAX_CALLS)

    def leave_call(self) -> None:
        """Come back from a function."""
        self._calls -= 1


class Frame:
    """The variables of one scope while it runs.

    `variables` are the names declared here (or the entries of the item, in a filter), `item` is
    what a filter looks at, `outer` is the scope around it. How many frames out a name stands is
    known when the expression is compiled; the outermost frame holds the given variables.
    """

    __slots__ = ("item", "outer", "session", "variables")

    def __init__(
        self,
        variables: dict[str, object],
        outer: Frame | None,
        session: Session,
        item: object = None,
    ) -> None:
        self.variables = variables
        self.outer = outer
        self.session = session
        self.item = item
