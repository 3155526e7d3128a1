"""The blueprint that every page of this room hangs on."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")
