"""People: organisations, users, roles, deputies, signing in, and the one permission matrix."""

from engine.identity.deputies import Deputyship, acting_for, appoint_deputy
from engine.identity.organisation_file import (
    DEMONSTRATION,
    ORGANISATION,
    Loaded,
    demonstration_password,
    load_organisation,
)
from engine.identity.organisations import (
    Unit,
    bureau_of,
    bureaus,
    find_unit,
    role_names,
    unit_path,
    units_below,
)
from engine.identity.permissions import PERMISSIONS
from engine.identity.sign_in import Throttle, authenticate
from engine.identity.users import (
    SYSTEM,
    Person,
    User,
    choose_language,
    demonstration_people,
    load_user,
    load_user_by_key,
    people_below,
    people_with_role,
    person_names,
    roles_held_below,
    set_password,
)

__all__ = [
    "DEMONSTRATION",
    "ORGANISATION",
    "PERMISSIONS",
    "SYSTEM",
    "Deputyship",
    "Loaded",
    "Person",
    "Throttle",
    "Unit",
    "User",
    "acting_for",
    "appoint_deputy",
    "authenticate",
    "bureau_of",
    "bureaus",
    "choose_language",
    "demonstration_password",
    "demonstration_people",
    "find_unit",
    "load_organisation",
    "load_user",
    "load_user_by_key",
    "people_below",
    "people_with_role",
    "person_names",
    "role_names",
    "roles_held_below",
    "set_password",
    "unit_path",
    "units_below",
]
