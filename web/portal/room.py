"""The blueprint of this room, and how often one address may ask."""

from __future__ import annotations

from flask import Blueprint
from flask_limiter.util import get_remote_address

from web.security import limiter

room = Blueprint("portal", __name__, template_folder="templates")

MOST = "60 per minute; 1000 per hour"
"""Enough for people, too little to copy the list again and again."""

rate_limited = limiter.limit(MOST, key_func=get_remote_address)
