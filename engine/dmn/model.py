"""A decision file as it was read: decisions, tables and boxed expressions, nothing evaluated.

Names are those of DMN 1.5. Text that is FEEL is kept as text with its place and compiled when it
is first needed, so that one bad cell does not make the rest of a file unusable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Literal

from engine.place import Place


class HitPolicy(Enum):
    """How the rules that match one input become one result (DMN 1.5 §8.2.10)."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"

    @property
    def gives_list(self) -> bool:
        """True if the result is a list of every match (COLLECT without aggregation)."""
        return self in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)

    @property
    def is_ranked(self) -> bool:
        """True if the order of the allowed output values decides."""
        return self in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


class Aggregation(Enum):
    """What COLLECT makes of the outputs it gathered."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, kw_only=True, slots=True)
class LiteralExpression:
    """One FEEL expression; `language` is empty for FEEL."""

    source: str
    place: Place
    type_ref: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnaryTest:
    """FEEL unary tests: a cell of a table, or a list of allowed values."""

    source: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class InputClause:
    """A column a table asks about."""

    label: str
    expression: LiteralExpression
    allowed: UnaryTest | None
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class OutputClause:
    """A column a table answers with. `name` is its key if the table has several outputs."""

    name: str
    label: str
    type_ref: str
    allowed: UnaryTest | None
    default: LiteralExpression | None
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A row of a table; `index` counts from 1, as the editor shows it."""

    index: int
    id: str
    tests: tuple[UnaryTest, ...]
    outputs: tuple[LiteralExpression, ...]
    annotation: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DecisionTable:
    """A decision table, rules as rows. Each is equal only to itself, so it can be looked up."""

    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    place: Place
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContextEntry:
    """`name` with its value; the entry without a name is the result of the whole context."""

    name: str
    type_ref: str
    logic: Logic


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """Entries that see the ones before them."""

    entries: tuple[ContextEntry, ...]
    place: Place
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListOf:
    """A boxed list."""

    items: tuple[Logic, ...]
    place: Place
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """What a function takes, or a column of a relation: a name with a type."""

    name: str
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """A boxed relation: rows of cells below named, typed columns, as a list of contexts."""

    columns: tuple[Parameter, ...]
    rows: tuple[tuple[Logic, ...], ...]
    place: Place
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Binding:
    """A parameter of an invocation and what it is bound to."""

    parameter: str
    logic: Logic


@dataclass(frozen=True, kw_only=True, slots=True)
class Invocation:
    """A call, by parameter names, of what `called` evaluates to."""

    called: Logic
    bindings: tuple[Binding, ...]
    place: Place
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionDefinition:
    """A boxed function. Only `kind` FEEL can be called: Java and PMML would run foreign code."""

    parameters: tuple[Parameter, ...]
    body: Logic | None
    place: Place
    kind: str = "FEEL"
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditional:
    """A boxed if."""

    test: Logic
    then: Logic
    otherwise: Logic
    place: Place
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Iteration:
    """A boxed for, some or every: `variable` runs through `source`."""

    kind: Literal["for", "some", "every"]
    variable: str
    source: Logic
    body: Logic
    place: Place
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A boxed filter: the items of `source` for which `match` is true."""

    source: Logic
    match: Logic
    place: Place
    type_ref: str = ""


Logic = (
    LiteralExpression
    | DecisionTable
    | Context
    | ListOf
    | Relation
    | Invocation
    | FunctionDefinition
    | Conditional
    | Iteration
    | Filter
)


@dataclass(frozen=True, kw_only=True, slots=True)
class InputData:
    """A fact that comes from outside; `name` is the variable that holds it."""

    id: str
    name: str
    type_ref: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A question and the logic that answers it.

    `information` and `knowledge` are the references of its requirements: `id` of the same file,
    or `namespace#id` of an imported one.
    """

    id: str
    name: str
    variable: str
    type_ref: str
    logic: Logic | None
    information: tuple[str, ...]
    knowledge: tuple[str, ...]
    description: str
    place: Place

    @property
    def requirements(self) -> tuple[str, ...]:
        """The references of everything the decision requires."""
        return self.information + self.knowledge

    @property
    def table(self) -> DecisionTable | None:
        """The table that answers, if the logic is a table."""
        return self.logic if isinstance(self.logic, DecisionTable) else None

    @property
    def hit_policy(self) -> HitPolicy | None:
        """The hit policy of the table, None if the logic is no table."""
        return self.logic.hit_policy if isinstance(self.logic, DecisionTable) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class BusinessKnowledgeModel:
    """Logic with parameters that decisions call by name."""

    id: str
    name: str
    variable: str
    type_ref: str
    function: FunctionDefinition | None
    knowledge: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionService:
    """Some decisions as one question with its own inputs; references as in `Decision`."""

    id: str
    name: str
    variable: str
    type_ref: str
    output_decisions: tuple[str, ...]
    encapsulated_decisions: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionItem:
    """What the functions of a type take and give; an empty type is Any (DMN 1.5 §7.3.4)."""

    parameters: tuple[Parameter, ...]
    result: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemDefinition:
    """A named type (DMN 1.5 §7.3.2).

    It is another type, narrowed by allowed values, or a structure of `components`, or functions,
    or a list of one of these. In a list, `allowed` binds each item and `constraint` the whole.
    """

    name: str
    type_ref: str
    is_collection: bool
    allowed: UnaryTest | None
    constraint: UnaryTest | None
    components: tuple[ItemDefinition, ...]
    function: FunctionItem | None
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """Another DMN model seen under `name`; `location` is where the file says it is, or empty."""

    name: str
    namespace: str
    location: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Definitions:
    """Everything one file defines, by id (types by name, imported models by namespace).

    Each is equal only to itself, so it can be looked up.

    `content_hash` is the SHA-256 of the file, the version its answers tell. `spoken_names` are
    names of the file that are not single words.
    """

    file: str
    content_hash: str
    id: str
    name: str
    namespace: str
    decisions: Mapping[str, Decision]
    input_data: Mapping[str, InputData]
    knowledge: Mapping[str, BusinessKnowledgeModel]
    services: Mapping[str, DecisionService]
    types: Mapping[str, ItemDefinition]
    imports: tuple[Import, ...]
    imported: Mapping[str, Definitions]
    spoken_names: frozenset[str] = frozenset()


NOTHING_IMPORTED: Mapping[str, Definitions] = MappingProxyType({})
