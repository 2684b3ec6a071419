"""Benchmarks, printed as tables. `python -m bench`, or `make bench`."""
