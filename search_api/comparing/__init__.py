"""What do several reports say on one topic? Each is read on its own, so that none is missed."""
