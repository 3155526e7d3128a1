"""Files that import each other, read together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.dmn.decision_model import DecisionModel
from engine.dmn.errors import DmnInvalid
from engine.dmn.finding import DmnFinding
from engine.dmn.model import Definitions, Import
from engine.dmn.reader import read_definitions


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """What became of some files, by file name: a model, or what is wrong with the file."""

    models: Mapping[str, DecisionModel]
    faults: Mapping[str, DmnInvalid]

    def model(self, file: str) -> DecisionModel:
        """The model of a file. Raises the `DmnInvalid` that keeps it from being one."""
        if file in self.faults:
            raise self.faults[file]
        return self.models[file]


def read_library(files: Mapping[str, bytes]) -> Library:
    """Read files of which each may import any other, also in a circle (DMN 1.5 §6.3.3).

    An import is the file of its namespace; of several with that namespace the one its
    `locationURI` names. If that names none, the importing file is at fault. An import that no file
    provides is left open: `check_decisions` reports it, and what needs it raises `NoSuchDecision`.
    """
    read: dict[str, Definitions] = {}
    provided: dict[str, dict[str, Definitions]] = {}
    faults: dict[str, DmnInvalid] = {}
    for file, xml in files.items():
        imported: dict[str, Definitions] = {}
        try:
            read[file] = read_definitions(xml, file, imported)
            provided[file] = imported
        except DmnInvalid as fault:
            faults[file] = fault
    by_namespace: dict[str, list[Definitions]] = defaultdict(list)
    for definitions in read.values():
        by_namespace[definitions.namespace].append(definitions)
    for file, definitions in read.items():
        unclear = _link(definitions, by_namespace, provided[file])
        if unclear:
            faults[file] = DmnInvalid(unclear)
    models = {file: DecisionModel(one) for file, one in read.items() if file not in faults}
    return Library(models=models, faults=faults)


def _link(
    definitions: Definitions,
    by_namespace: Mapping[str, list[Definitions]],
    imported: dict[str, Definitions],
) -> list[DmnFinding]:
    """Put the imports of a file into `imported`; what is not clear is returned."""
    unclear = []
    for one in definitions.imports:
        candidates = [
            file for file in by_namespace.get(one.namespace, ()) if file is not definitions
        ]
        found = candidates if len(candidates) == 1 else _located(one, candidates)
        if len(found) == 1:
            imported[one.namespace] = found[0]
        elif candidates:
            unclear.append(_ambiguous(one, candidates))
    return unclear


def _located(one: Import, candidates: Iterable[Definitions]) -> list[Definitions]:
    wanted = PurePosixPath(one.location).name
    return [file for file in candidates if PurePosixPath(file.file).name == wanted]


def _ambiguous(one: Import, candidates: Iterable[Definitions]) -> DmnFinding:
    names = "、".join(file.file for file in candidates)
    return DmnFinding(
        level="error",
        check="import",
        place=one.place,
        zh=f"引用的命名空间「{one.namespace}」属于几个文件（{names}）。"
        "请给每个文件不同的命名空间，或在 import 的 locationURI 写明文件名。",
        en=f"The imported namespace '{one.namespace}' is that of several files ({names}). "
        "Give each file its own, or name the file in the locationURI of the import.",
    )
