"""Which places does a text name, and whose report is it?"""
