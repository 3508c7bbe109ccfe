"""How the rows of `Standing` are worked out, kept, and compared with a full recount."""
