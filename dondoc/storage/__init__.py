"""Tables, queries (every figure is one), migrations and the content store. Storage knows no channel and no wording."""
