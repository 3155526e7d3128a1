"""From a YAML file to scenarios, with every fault named where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from engine.scenario.errors import ScenarioInvalid
from engine.scenario.model import Act, Phase, Scenario, Step
from engine.scenario.nearest import nearest
from engine.scenario.source import Source
from engine.scenario.steps import Kind, kind_of, kinds
from engine.scenario.values import Unknown, filled, show

MOST_DEPTH = 8
"""How deep routines may call each other."""
ROUTINE = "do"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A key of the structure of a file."""

    zh: str
    en: str


TITLE = Word(zh="场景", en="scenario")
NOTE = Word(zh="说明", en="note")
USE = Word(zh="引用", en="use")
DATA = Word(zh="资料", en="data")
ROUTINES = Word(zh="做法", en="routines")
GIVEN = Word(zh="已知", en="given")
WHEN = Word(zh="当", en="when")
THEN = Word(zh="那么", en="then")
ACTS = Word(zh="经过", en="acts")
ACT_TITLE = Word(zh="小题", en="title")
STEPS = Word(zh="步骤", en="steps")
PARAMETERS = Word(zh="参数", en="parameters")

TOP = (TITLE, NOTE, USE, DATA, ROUTINES, GIVEN, WHEN, THEN, ACTS)
SHARED = (NOTE, USE, DATA, ROUTINES)
IN_ACT = (ACT_TITLE, WHEN, THEN)
IN_ROUTINE = (NOTE, PARAMETERS, STEPS)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Routine:
    parameters: Mapping[str, object]
    steps: tuple[tuple[Source, yaml.Node], ...]


@dataclass(kw_only=True, slots=True)
class _Names:
    """The blocks of data and the routines that a document can use."""

    data: dict[str, object] = field(default_factory=dict)
    routines: dict[str, _Routine] = field(default_factory=dict)


def read_scenarios(file: Path) -> tuple[Scenario, ...]:
    """The scenarios of a file, one in each document. Raises `ScenarioInvalid` with all faults.

    A document that only has shared blocks (`资料`, `做法`) lends them to those after it.
    """
    source = Source(file)
    reading = _Reading(source)
    scenarios = [found for node in source.documents if (found := reading.document(node))]
    if not scenarios and not source.problems:
        source.note(None, "没有场景：应写「场景: 标题」", "no scenario: write 'scenario: title'")
    if source.problems:
        raise ScenarioInvalid(source.problems)
    return tuple(scenarios)


class _Reading:
    """Reads the documents of one file, with what it uses."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = _Names()

    def document(self, node: yaml.Node) -> Scenario | None:
        parts = self._parts(self.source, node, TOP)
        if parts is None:
            return None
        self._shared(self.source, parts, seen=(self.source.file.resolve(),))
        if TITLE not in parts:
            extra = [word.zh for word in parts if word not in SHARED]
            if extra:
                self.source.note(node, "缺少「场景: 标题」", "'scenario: title' is missing")
            return None
        return Scenario(
            title=str(self.source.value(parts[TITLE])),
            note=str(self.source.value(parts[NOTE])).strip() if NOTE in parts else "",
            place=self.source.place(parts[TITLE]),
            folder=self.source.file.parent,
            given=self._steps(parts.get(GIVEN), "given"),
            acts=tuple(self._acts(parts)),
        )

    # -- structure ---------------------------------------------------------------------------------

    def _parts(
        self, source: Source, node: yaml.Node, words: Iterable[Word]
    ) -> dict[Word, yaml.Node] | None:
        words = tuple(words)
        if not isinstance(node, yaml.MappingNode):
            allowed = "、".join(word.zh for word in words)
            source.note(node, f"应为这些键：{allowed}", f"expected the keys: {_en(words)}")
            return None
        parts: dict[Word, yaml.Node] = {}
        for key, key_node, value in source.entries(node):
            word = next((word for word in words if key in (word.zh, word.en)), None)
            if word is None:
                self._unknown(source, key_node, key, words)
            elif word in parts:
                source.note(key_node, f"「{word.zh}」写了两次", f"'{word.en}' stands twice")
            else:
                parts[word] = value
        return parts

    def _unknown(
        self, source: Source, node: yaml.Node, key: str, words: Iterable[Word | Kind]
    ) -> None:
        listed = list(words)
        known = [name for word in listed for name in (word.zh, word.en)]
        close = nearest(key, known)
        meant = f"，是否指「{close[0]}」" if close else ""
        meant_en = f", did you mean '{close[0]}'" if close else ""
        source.note(
            node,
            f"不认识「{key}」{meant}？可以写：{'、'.join(word.zh for word in listed)}",
            f"unknown key '{key}'{meant_en}? Possible: {_en(listed)}",
        )

    def _acts(self, parts: Mapping[Word, yaml.Node]) -> Iterable[Act]:
        if ACTS in parts:
            for word in (WHEN, THEN):
                if word in parts:
                    self.source.note(
                        parts[word],
                        f"写了「经过」的，「{word.zh}」应写在「经过」之中",
                        f"with 'acts', '{word.en}' belongs inside of them",
                    )
            node = parts[ACTS]
            if not isinstance(node, yaml.SequenceNode):
                self.source.note(node, "「经过」应为列表", "'acts' must be a list")
                return
            for item in node.value:
                act = self._parts(self.source, item, IN_ACT)
                if act is not None:
                    yield self._act(act)
        elif WHEN in parts or THEN in parts:
            yield self._act(parts)

    def _act(self, parts: Mapping[Word, yaml.Node]) -> Act:
        title = parts.get(ACT_TITLE)
        return Act(
            title=str(self.source.value(title)) if title is not None else "",
            when=self._steps(parts.get(WHEN), "when"),
            then=self._steps(parts.get(THEN), "then"),
        )

    # -- shared blocks -----------------------------------------------------------------------------

    def _shared(
        self, source: Source, parts: Mapping[Word, yaml.Node], seen: tuple[Path, ...]
    ) -> None:
        if USE in parts:
            self._use(source, parts[USE], seen)
        if DATA in parts:
            self._data(source, parts[DATA])
        if ROUTINES in parts:
            self._routines(source, parts[ROUTINES])

    def _use(self, source: Source, node: yaml.Node, seen: tuple[Path, ...]) -> None:
        named = source.value(node)
        for name in named if isinstance(named, list) else [named]:
            file = source.file.parent / str(name)
            if file.resolve() in seen:
                source.note(node, f"「{name}」引用了自己", f"'{name}' uses itself")
                continue
            try:
                used = Source(file, str(file))
            except ScenarioInvalid as invalid:
                source.problems += invalid.problems
                continue
            for document in used.documents:
                parts = self._parts(used, document, SHARED)
                if parts is not None:
                    self._shared(used, parts, (*seen, file.resolve()))
            source.problems += used.problems

    def _data(self, source: Source, node: yaml.Node) -> None:
        if not isinstance(node, yaml.MappingNode):
            source.note(node, "「资料」应为若干名称和内容", "'data' must be names and content")
            return
        for name, _, value in source.entries(node):
            content = self._filled(source, value, self.names.data)
            if content is not _BROKEN:
                self.names.data[name] = content

    def _routines(self, source: Source, node: yaml.Node) -> None:
        if not isinstance(node, yaml.MappingNode):
            source.note(node, "「做法」应为若干名称和步骤", "'routines' must be names and steps")
            return
        for name, _, value in source.entries(node):
            parts = self._parts(source, value, IN_ROUTINE)
            if parts is None:
                continue
            steps = parts.get(STEPS)
            if not isinstance(steps, yaml.SequenceNode):
                source.note(value, f"做法「{name}」没有步骤", f"routine '{name}' has no steps")
                continue
            parameters = source.value(parts[PARAMETERS]) if PARAMETERS in parts else {}
            if not isinstance(parameters, dict):
                source.note(value, "「参数」应为若干名称和缺省值", "parameters: names and defaults")
                parameters = {}
            self.names.routines[name] = _Routine(
                parameters=parameters, steps=tuple((source, step) for step in steps.value)
            )

    # -- steps -------------------------------------------------------------------------------------

    def _steps(self, node: yaml.Node | None, phase: Phase) -> tuple[Step, ...]:
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.source.note(node, "应为步骤的列表（每步以「- 」开头）", "expected a list of steps")
            return ()
        return tuple(
            step
            for item in node.value
            for step in self._step(self.source, item, phase, self.names.data, 0)
        )

    def _step(
        self,
        source: Source,
        node: yaml.Node,
        phase: Phase | None,
        names: Mapping[str, object],
        depth: int,
    ) -> Iterable[Step]:
        if not isinstance(node, yaml.MappingNode) or not node.value:
            source.note(
                node,
                "一步应写成「做什么: …」，如「办理: 单位审核」",
                "a step is written as 'what: …', such as 'complete: review'",
            )
            return
        first = next(source.entries(node))
        kind = kind_of(first[0])
        if kind is None:
            self._unknown(source, first[1], first[0], _possible(phase))
            return
        if not _fits(kind, phase):
            self._misplaced(source, first[1], kind, phase)
            return
        step = self._read(source, node, kind, names, depth)
        if step is None:
            return
        yield step
        if kind.en == ROUTINE:
            yield from self._expand(source, node, step, names)

    def _read(
        self,
        source: Source,
        node: yaml.MappingNode,
        kind: Kind,
        names: Mapping[str, object],
        depth: int,
    ) -> Step | None:
        fields: dict[str, object] = {}
        subject: object = None
        for number, (word, key_node, value) in enumerate(source.entries(node)):
            content = self._filled(source, value, names)
            if content is _BROKEN:
                return None
            if number == 0:
                subject = content
                continue
            key = kind.key(word)
            if key is None:
                self._unknown(source, key_node, word, [Word(zh=k.zh, en=k.en) for k in kind.keys])
                return None
            fields[key.en] = content
        missing = [key for key in kind.keys if key.required and key.en not in fields]
        if missing:
            zh, en = "、".join(k.zh for k in missing), ", ".join(k.en for k in missing)
            source.note(node, f"「{kind.zh}」还要写：{zh}", f"'{kind.en}' also needs: {en}")
            return None
        return Step(
            kind=kind.en,
            subject=subject,
            refused=self._refused(source, node, fields.pop("refused", _ABSENT)),
            fields=fields,
            place=source.place(node),
            text=_text(node, subject, fields, source, kind),
            depth=depth,
        )

    def _refused(self, source: Source, node: yaml.Node, value: object) -> tuple[str, ...] | None:
        if value is _ABSENT:
            return None
        texts = value if isinstance(value, list) else [value]
        if not texts or not all(isinstance(text, str) and text for text in texts):
            source.note(
                node,
                "「应被拒绝」要写拒绝时应说的话",
                "'refused' must give words of the refusal",
            )
        return tuple(str(text) for text in texts)

    def _expand(
        self, source: Source, node: yaml.MappingNode, step: Step, names: Mapping[str, object]
    ) -> Iterable[Step]:
        routine = self.names.routines.get(str(step.subject))
        if routine is None:
            known = [Word(zh=name, en=name) for name in self.names.routines]
            self._unknown(source, node.value[0][1], str(step.subject), known)
            return
        if step.depth >= MOST_DEPTH:
            source.note(node, "做法互相照做得太深", "routines call each other too deeply")
            return
        given = step.fields.get("with") or {}
        if not isinstance(given, Mapping):
            source.note(node, "「其中」应为若干参数和值", "'with' must be parameters and values")
            return
        extra = [name for name in given if name not in routine.parameters]
        arguments = {**routine.parameters, **given}
        lacking = [name for name, value in arguments.items() if value is None]
        if extra:
            words = [Word(zh=name, en=name) for name in routine.parameters]
            self._unknown(source, node, extra[0], words)
        if lacking:
            names_zh = "、".join(lacking)
            source.note(
                node,
                f"做法「{step.subject}」还要给出：{names_zh}",
                f"routine '{step.subject}' also needs: {names_zh}",
            )
        if extra or lacking:
            return
        inner = {**self.names.data, **arguments}
        for where, item in routine.steps:
            yield from self._step(where, item, None, inner, step.depth + 1)

    def _misplaced(self, source: Source, node: yaml.Node, kind: Kind, phase: Phase | None) -> None:
        if kind.sort == "expectation":
            source.note(
                node,
                f"「{kind.zh}」是应有的结果，写在「那么」里",
                f"'{kind.en}' is something to find; it belongs in 'then'",
            )
        elif kind.sort == "setting":
            source.note(node, f"「{kind.zh}」写在「已知」里", f"'{kind.en}' belongs in 'given'")
        else:
            source.note(
                node,
                f"「{kind.zh}」是要做的事，写在「当」里",
                f"'{kind.en}' is something to do; it belongs in 'when'",
            )

    def _filled(self, source: Source, node: yaml.Node, names: Mapping[str, object]) -> object:
        try:
            return filled(source.value(node), names)
        except Unknown as unknown:
            close = nearest(unknown.name, unknown.known)
            meant = f"，是否指「{close[0]}」？" if close else ""
            source.note(
                node,
                f"没有叫「{unknown.name}」的资料或参数{meant}",
                f"there is no data or parameter '{unknown.name}'{meant}",
            )
            return _BROKEN


_BROKEN = object()
_ABSENT = object()


def _fits(kind: Kind, phase: Phase | None) -> bool:
    match phase:
        case "given":
            return kind.sort != "expectation"
        case "when":
            return kind.sort == "action"
        case "then":
            return kind.sort == "expectation"
        case _:
            return kind.sort != "setting"


def _possible(phase: Phase | None) -> list[Word]:
    return [Word(zh=kind.zh, en=kind.en) for kind in kinds().values() if _fits(kind, phase)]


def _text(
    node: yaml.MappingNode,
    subject: object,
    fields: Mapping[str, object],
    source: Source,
    kind: Kind,
) -> str:
    """The step on one line, in the words of its writer; long blocks are left out."""
    words = []
    for number, (word, _, value) in enumerate(source.entries(node)):
        key = kind.key(word)
        content = subject if number == 0 else fields.get(key.en) if key else None
        if number and (key is None or key.en not in fields):
            continue
        if number and isinstance(value, yaml.MappingNode | yaml.SequenceNode):
            continue
        shown = content if isinstance(content, str) else show(content, 80)
        words.append(f"{word} {shown}" if number else f"{word} {shown}".rstrip())
    return "，".join(words)


def _en(words: Iterable[Word | Kind]) -> str:
    return ", ".join(word.en for word in words)
