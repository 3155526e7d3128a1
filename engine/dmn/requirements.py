"""The requirements graph: what a decision needs, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from engine.dmn.errors import NoSuchDecision
from engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    InputData,
)

FILES = 512
"""How many files have their names at hand at a time."""

Element = Decision | InputData | BusinessKnowledgeModel | DecisionService


def resolve(definitions: Definitions, reference: str) -> tuple[Definitions, Element]:
    """The element a requirement points at, and the file it stands in.

    Raises `NoSuchDecision` if neither the file nor its imports have it.
    """
    namespace, _, name = reference.rpartition("#")
    home = definitions.imported.get(namespace) if namespace else definitions
    found = element_of(home, name) if home is not None else None
    if home is None or found is None:
        known = ", ".join(definitions.decisions)
        raise NoSuchDecision(file=definitions.file, decision=reference, known=known)
    return home, found


def element_of(definitions: Definitions, name: str) -> Element | None:
    """The element with the id `name`, of whatever kind."""
    return (
        definitions.decisions.get(name)
        or definitions.input_data.get(name)
        or definitions.knowledge.get(name)
        or definitions.services.get(name)
    )


def files_within(definitions: Definitions) -> Iterator[Definitions]:
    """A file, then those it imports, itself or through others, each once."""
    seen = {definitions: None}
    waiting = [definitions]
    while waiting:
        home = waiting.pop(0)
        yield home
        for imported in home.imported.values():
            if imported not in seen:
                seen[imported] = None
                waiting.append(imported)


@lru_cache(maxsize=FILES)
def spoken_within(definitions: Definitions) -> frozenset[str]:
    """The names that are not single words, of a file and those it imports."""
    return frozenset().union(*(home.spoken_names for home in files_within(definitions)))


def import_name(definitions: Definitions, reference: str) -> str:
    """The name under which an imported element is seen; empty for one of the same file."""
    namespace = reference.rpartition("#")[0]
    if not namespace:
        return ""
    return next((i.name for i in definitions.imports if i.namespace == namespace), "")


def input_names(definitions: Definitions, decision: Decision) -> frozenset[str]:
    """The names of the input data a decision needs, itself or through what it requires."""
    names: set[str] = set()
    for element in _below(definitions, decision):
        if isinstance(element, InputData):
            names.add(element.name)
    return frozenset(names)


def references_of(element: Element) -> tuple[str, ...]:
    """What an element of the graph names: its requirements, or the parts of a service."""
    if isinstance(element, DecisionService):
        return (
            *element.output_decisions,
            *element.encapsulated_decisions,
            *element.input_decisions,
            *element.input_data,
        )
    return _needs(element)


Node = tuple[Definitions, str]
"""A decision: the file it stands in, and its id."""


def circle(definitions: Definitions) -> tuple[str, ...]:
    """The ids of decisions that require each other in a circle, the first one last again.

    The circle may lead through imported files. Empty if there is none.
    """
    done: set[Node] = set()
    for start in definitions.decisions:
        found = _circle_from((definitions, start), done)
        if found:
            return tuple(name for _, name in found)
    return ()


def _circle_from(start: Node, done: set[Node]) -> tuple[Node, ...]:
    """The circle reached from `start`; what leads to none goes to `done`."""
    path: dict[Node, Iterator[Node]] = {}
    following = start
    while True:
        if following in path:
            nodes = list(path)
            return (*nodes[nodes.index(following) :], following)
        if following not in done:
            path[following] = _required_decisions(following)
        while path:
            last = next(reversed(path))
            required = next(path[last], None)
            if required is not None:
                following = required
                break
            done.add(last)
            del path[last]
        else:
            return ()


def _required_decisions(node: Node) -> Iterator[Node]:
    home, name = node
    for reference in home.decisions[name].information:
        try:
            there, element = resolve(home, reference)
        except NoSuchDecision:
            continue
        if isinstance(element, Decision):
            yield there, element.id


def _below(definitions: Definitions, decision: Decision) -> Iterator[Element]:
    seen: set[tuple[str, str]] = set()
    waiting: list[tuple[Definitions, Element]] = [(definitions, decision)]
    while waiting:
        home, element = waiting.pop()
        if (home.namespace, element.id) in seen:
            continue
        seen.add((home.namespace, element.id))
        yield element
        for reference in _needs(element):
            try:
                waiting.append(resolve(home, reference))
            except NoSuchDecision:
                continue


def _needs(element: Element) -> tuple[str, ...]:
    if isinstance(element, Decision):
        return element.requirements
    if isinstance(element, BusinessKnowledgeModel):
        return element.knowledge
    if isinstance(element, DecisionService):
        return element.output_decisions
    return ()
