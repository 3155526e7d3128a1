"""Imports that bring nothing."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.finding import DmnFinding
from engine.dmn.model import Definitions


def broken_imports(definitions: Definitions) -> Iterator[DmnFinding]:
    """An error for each import whose file is not there, or that is the file's own namespace."""
    for one in definitions.imports:
        if one.namespace == definitions.namespace:
            zh = (
                f"引用的命名空间「{one.namespace}」就是本文件的命名空间。"
                "请给被引用的文件另一个命名空间。"
            )
            en = (
                f"The imported namespace '{one.namespace}' is that of this file. "
                "Give the imported file one of its own."
            )
        elif one.namespace not in definitions.imported:
            zh = f"引用的模型「{one.namespace}」不在一起检查或已部署的决策文件中。请一并部署。"
            en = (
                f"The imported model '{one.namespace}' is in none of the decision files checked "
                "together or deployed. Deploy it as well."
            )
        else:
            continue
        yield DmnFinding(level="error", check="import", place=one.place, zh=zh, en=en)
