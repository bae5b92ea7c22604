"""What tests of several rooms share: one of each kind."""
