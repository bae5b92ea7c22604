"""What the program does for each command: one file a command, imported when it is called."""
