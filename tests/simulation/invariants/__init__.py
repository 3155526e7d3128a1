"""What must hold at any time of a simulation."""

from __future__ import annotations

from tests.simulation.invariants.deadlines import (
    due_days_are_right,
    late_publications_say_so,
    late_tasks_were_reminded,
)
from tests.simulation.invariants.entries import (
    decided_after_the_window,
    entries_end_as_they_should,
    precheck_agrees,
    repairs_had_a_commitment,
    states_are_replayed_events,
)
from tests.simulation.invariants.measures import (
    honours_are_revoked_in_their_window,
    honours_of_revoked_listings_are_restored,
    measures_end_with_the_entry,
)
from tests.simulation.invariants.portal import no_personal_number_is_shown, portal_shows_the_list
from tests.simulation.invariants.rest import (
    messages_reached_somebody,
    nothing_is_due,
    numbers_are_unique,
    whoever_waits_has_a_reason,
)

INVARIANTS = (
    nothing_is_due,
    states_are_replayed_events,
    entries_end_as_they_should,
    repairs_had_a_commitment,
    decided_after_the_window,
    precheck_agrees,
    portal_shows_the_list,
    no_personal_number_is_shown,
    due_days_are_right,
    late_tasks_were_reminded,
    late_publications_say_so,
    measures_end_with_the_entry,
    honours_are_revoked_in_their_window,
    honours_of_revoked_listings_are_restored,
    messages_reached_somebody,
    numbers_are_unique,
    whoever_waits_has_a_reason,
)
