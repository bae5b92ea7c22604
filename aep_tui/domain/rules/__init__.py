"""The rules by subject: each judges the text of one parameter and says in words what is wrong."""
