"""Data files of the gazetteer; README.md says where each comes from and under which licence."""
