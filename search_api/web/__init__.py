"""How is govsearch asked over HTTP? Routes only translate; the engine does the work."""
