"""A row for every report: what does it say on a topic?"""
