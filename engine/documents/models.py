"""The archive of letters as served."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base
from engine.store.types import BigKey, Instant, Json, Key


class Document(Base):
    """A letter as it was produced: its bytes never change, a reprint gives these bytes again."""

    __tablename__ = "document"

    key: Mapped[Key]
    instance_key: Mapped[int | None] = mapped_column(BigKey, index=True)
    business_key: Mapped[str | None] = mapped_column(String(200), index=True)
    template: Mapped[str] = mapped_column(String(100))
    template_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str | None] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    typst_version: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, object]] = mapped_column(Json)
