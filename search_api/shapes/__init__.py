"""The JSON of the HTTP interface and of `--json`.

Its fields are fixed: other people's clients rely on them.
"""
