"""The tables of people: organisations, roles, users, deputies, attempts to sign in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Instant, Key


class Organisation(Base):
    """A bureau, one of its sub-units, or an authority outside; a tree by `path`.

    `path` holds the codes from the root down, each followed by a slash (`CZ/CZ-GC/CZ-GC-JB/`),
    so that a subtree is a prefix. `bureau` marks the units whose subtree shares its tasks and
    cases; `oversees_all` those whose people see everybody's.
    """

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("organisation.code"))
    path: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(40))
    short_name_en: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(20))
    region_code: Mapped[str] = mapped_column(String(20))
    bureau: Mapped[bool]
    leads_group: Mapped[bool]
    oversees_all: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)


class Role(Base):
    """A role as the scheme names it; what it may do stands in `role_permission`."""

    __tablename__ = "role"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(80))


class RolePermission(Base):
    """One cell of the permission matrix."""

    __tablename__ = "role_permission"

    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)
    permission: Mapped[str] = mapped_column(String(40), primary_key=True)


class UserAccount(Base):
    """A person who signs in. Accounts are switched off, never deleted: history names them."""

    __tablename__ = "user_account"

    key: Mapped[Key]
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(60))
    post_en: Mapped[str] = mapped_column(String(80))
    organisation_code: Mapped[str] = mapped_column(ForeignKey("organisation.code"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(5), default="zh")
    active: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)


class UserRole(Base):
    """Who has which role."""

    __tablename__ = "user_role"

    user_key: Mapped[int] = mapped_column(ForeignKey("user_account.key"), primary_key=True)
    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True, index=True)


class Deputy(Base):
    """Who acts for whom, from the first to the last day, both included."""

    __tablename__ = "deputy"
    __table_args__ = (UniqueConstraint("principal_key", "deputy_key", "from_date"),)

    key: Mapped[Key]
    principal_key: Mapped[int] = mapped_column(ForeignKey("user_account.key"))
    deputy_key: Mapped[int] = mapped_column(ForeignKey("user_account.key"), index=True)
    from_date: Mapped[date]
    until_date: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)


class SignInAttempt(Base):
    """One attempt to sign in, kept for good: what the throttle counts and the auditor reads."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index(None, "login", "address", "attempted_at"),
        Index(None, "address", "attempted_at"),
    )

    key: Mapped[Key]
    login: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(45))
    attempted_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(20))
