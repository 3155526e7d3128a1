"""The blueprint that the pages of this room hang on."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("supervision", __name__, template_folder="templates")
