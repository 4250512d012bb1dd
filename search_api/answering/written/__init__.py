"""What a language model writes, proven sentence by sentence."""
