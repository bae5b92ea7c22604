"""Pictures of every page, made from practice mode: `python -m tests.screenshots` writes `screenshots/`."""
