"""The blueprint that every page of this room hangs on."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("inspector", __name__, template_folder="templates")
