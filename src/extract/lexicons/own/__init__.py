"""A user's own words and rules: their files, what may be in them, how they change the shipped lexicons.

`files` reads them, `schema` says what they may hold, `overlay` changes the tables of the lexicons by them,
`positions` finds line and column for messages.
"""
