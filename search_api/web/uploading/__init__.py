"""Files that people send to a running service, and reports they remove: by whom, which, and what becomes of them."""
