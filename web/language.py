"""Chinese first, English beside it: which language a page is in, and where English comes from.

Source strings are Chinese, so Chinese is complete by itself. English stands in one catalogue per
room (`web/translations/en/<room>.po`); they are read as they are, without a compile step.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale

from engine.errors import Language

CATALOGUES = Path(__file__).parent / "translations" / "en"
LOCALES: dict[Language, str] = {"zh": "zh_Hans_CN", "en": "en"}
HTML_LANG: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


def language() -> Language:
    """The language of the page being made."""
    if not has_request_context():
        return "zh"
    if chosen := session.get("language"):
        return "en" if chosen == "en" else "zh"
    signed_in = getattr(g, "user", None)
    return signed_in.language if signed_in else "zh"


def in_language(zh: str, en: str) -> str:
    """Of two texts that come from data (names of units, roles, steps) the one to show."""
    return (en or zh) if language() == "en" else zh


@cache
def english_catalogue() -> Catalog:
    """Every English text of every room."""
    merged = Catalog(locale="en")
    for file in sorted(CATALOGUES.glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="en"):
                if message.id:
                    merged[message.id] = message
    return merged


class RoomCatalogues(Domain):
    """Gives Flask-Babel the merged catalogue instead of compiled files."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        if locale is None or locale.language != "en":
            return _CHINESE
        return _english()


def init_languages(app: Flask) -> None:
    """Let `app` speak both languages; templates get `lang`, `html_lang` and `in_language`."""
    app.config["BABEL_DOMAIN"] = "messages"
    babel = Babel()
    babel.init_app(
        app,
        default_locale=LOCALES["zh"],
        default_timezone="Asia/Shanghai",
        locale_selector=lambda: LOCALES[language()],
    )
    babel.domain_instance = RoomCatalogues()
    app.jinja_env.globals.update(in_language=in_language)

    @app.context_processor
    def _languages() -> dict[str, object]:
        chosen = language()
        return {"lang": chosen, "html_lang": HTML_LANG[chosen], "page_address": _page_address()}


def _page_address() -> str:
    """Where to come back to after a switch of language: this page, if it was asked for by GET."""
    if request.method != "GET":
        return request.path
    return re.sub(r"\?$", "", request.full_path)


_CHINESE = NullTranslations()


@cache
def _english() -> NullTranslations:
    stream = BytesIO()
    write_mo(stream, english_catalogue())
    stream.seek(0)
    return cast("Any", Translations)(stream)


def known_locale() -> Locale:
    """The locale of the page, for number formats."""
    return get_locale() or Locale.parse(LOCALES["zh"])
