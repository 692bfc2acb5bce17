"""Benchmarks: run by hand or `make bench`, never timed in a test. Each prints machine, versions and raw figures."""
