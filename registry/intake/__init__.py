"""Taking in a spreadsheet as an office really keeps it.

The way of a sheet: `reading` makes rows of raw cells out of the bytes of a file, `headings` finds
what each column means, `interpret` (with `cells` and `places`) makes canonical values of each row,
`plan` decides what would become of it, `report` shows that, and `apply` carries it out. Only
`lookups`, `apply` and `session` know the database. Identity numbers of people (NIK) are dropped as
soon as the headings are known and appear nowhere after that.
"""
