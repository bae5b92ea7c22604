"""A terminal for tests: the program runs in a real pty, its screen is read as text."""
