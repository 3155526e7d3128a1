"""The newest deployments, for programs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.runtime.models import Deployment, Resource


@dataclass(frozen=True, kw_only=True, slots=True)
class DeploymentRow:
    """A deployment with the names and hashes of its files."""

    key: int
    deployed_at: datetime
    deployed_by: str
    note: str
    files: tuple[tuple[str, str], ...]

    def plain(self) -> dict[str, object]:
        """The row as JSON has it."""
        return {
            "key": self.key,
            "deployedAt": self.deployed_at.isoformat(),
            "deployedBy": self.deployed_by,
            "note": self.note,
            "files": [{"name": name, "sha256": sha256} for name, sha256 in self.files],
        }


def latest_deployments(connection: Connection, limit: int = 50) -> list[DeploymentRow]:
    """The newest deployments, newest first."""
    rows = connection.execute(select(Deployment).order_by(Deployment.key.desc()).limit(limit)).all()
    files: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for file in connection.execute(
        select(Resource.deployment_key, Resource.file_name, Resource.content_hash)
        .where(Resource.deployment_key.in_([row.key for row in rows]))
        .order_by(Resource.file_name)
    ):
        files[file.deployment_key].append((file.file_name, file.content_hash))
    return [
        DeploymentRow(
            key=row.key,
            deployed_at=row.deployed_at,
            deployed_by=row.deployed_by,
            note=row.note,
            files=tuple(files[row.key]),
        )
        for row in rows
    ]
