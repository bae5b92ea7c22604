"""Checks whether a set-up can work before the first question: network, access, sandbox, sources, terminal."""
