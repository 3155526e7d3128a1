"""What service tasks may ask of the register. Each writes in the transaction of its job."""

from engine.register.job_handlers import entries, listing, proceedings

__all__ = ["entries", "listing", "proceedings"]
