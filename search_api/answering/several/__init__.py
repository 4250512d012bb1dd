"""Answers of several places or reports together."""
