"""Benchmarks: each measures its raw limit in the same run and answers with the ratio."""
