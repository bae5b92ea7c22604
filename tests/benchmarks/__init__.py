"""What the program costs the person who uses it, measured in a real pty beside a bare Textual form."""
