"""How good is it? Benchmarks and measurements."""
