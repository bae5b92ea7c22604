"""The sources and the lifecycle notices as data: adding a source is one file in `sources/` and no code."""
