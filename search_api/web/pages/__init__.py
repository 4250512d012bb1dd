"""The pages for people, made on the server: search, reader, comparison, corpus, quality.

Each works without scripts; what `static/*.js` adds is convenience. Text of reports reaches a page only
through templates that escape everything.
"""
