"""The face line by line: questions and answers in plain text, for screen readers, serial lines and dumb terminals."""
