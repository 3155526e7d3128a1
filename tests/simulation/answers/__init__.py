"""The answers of all procedures. Importing a module registers what is in it."""

from tests.simulation.answers import (  # noqa: F401
    appeal,
    closing,
    listing,
    objection,
    party,
    publication,
    punishment,
    remedies,
    repair,
    reporting,
    service,
)
