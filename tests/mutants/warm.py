"""What the process holds, from which each run of the tests is forked: libraries, and nothing of the project."""

from __future__ import annotations

import gc

import anyio.pytest_plugin
import coverage
import cryptography.hazmat.primitives.serialization
import httpx
import hypothesis
import jwt
import pydantic
import pytest
import starlette.applications

__all__ = ["anyio", "coverage", "cryptography", "httpx", "hypothesis", "jwt", "pydantic", "pytest", "starlette"]

# What a fault makes fail is no example for later runs, and a busy machine is no fault.
hypothesis.settings.register_profile("mutants", database=None, deadline=None)
hypothesis.settings.load_profile("mutants")

# pytest looks for garbage at the end of each run; what is held here is none.
gc.collect()
gc.freeze()
