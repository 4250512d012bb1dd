"""Which sections of two reports are each other's counterparts?"""
