"""The way of the schema, one step a file under ``versions/``. There is no way down: a backup is."""
