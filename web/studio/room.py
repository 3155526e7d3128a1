"""The blueprint of the studio, to which its pages belong."""

from __future__ import annotations

from flask import Blueprint

from web.studio.words import fact_name, how_word, item_kind

room = Blueprint("studio", __name__, template_folder="templates", url_prefix="/studio")
room.add_app_template_filter(item_kind, "studio_item")
room.add_app_template_filter(fact_name, "studio_fact")
room.add_app_template_filter(how_word, "studio_how")
