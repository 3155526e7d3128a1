"""The session of a person: begun by signing in, ended by signing out or by doing nothing."""

from __future__ import annotations

from flask import session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from engine.identity import User, load_user_by_key
from engine.identity.errors import UnknownUser
from web.engine_room import reading

manager = LoginManager()
manager.session_protection = "basic"


class SignedIn(UserMixin):
    """A user as Flask-Login wants one."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        return str(self.user.key)


@manager.user_loader
def _load(key: str) -> SignedIn | None:
    try:
        with reading() as connection:
            return SignedIn(load_user_by_key(connection, int(key)))
    except (UnknownUser, ValueError):
        return None


def signed_in_user() -> User | None:
    """The person of this session, read anew: a right that was taken away is gone at once."""
    return current_user.user if current_user.is_authenticated else None


def begin_session(user: User) -> None:
    """A new session for `user`; nothing of the one before is carried over but the language."""
    language = session.get("language", user.language)
    session.clear()
    session.permanent = True
    session["language"] = language
    login_user(SignedIn(user))


def end_session() -> None:
    """Forget who was signed in; the language stays."""
    language = session.get("language")
    logout_user()
    session.clear()
    if language:
        session["language"] = language
