"""The inspector: what runs, where it stands, why, until when; and stepping in, with a reason."""
