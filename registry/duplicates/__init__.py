"""Finding firms that stand in the register twice.

Rule: the same NIB is the same firm; anything less is a question to a person, with its reasons.
`scoring` is pure, `candidates` asks the database, `matching` puts the two together for rows that
come in and for the register itself, `sentences` says the reasons in words.
"""
