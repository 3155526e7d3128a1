"""The words of this room: how an entry stands."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

STANDING_WORDS: dict[str, object] = {
    "in_force": _l("有效"),
    "suspended": _l("暂停中"),
    "unpublished": _l("未公示"),
    "ended": _l("已移出"),
    "revoked": _l("已撤销"),
}


def tone_of(in_force: bool, suspended: bool) -> str:
    """The tone of the badge of an entry: fine is what runs its course."""
    if not in_force:
        return "plain"
    return "soon" if suspended else "fine"
