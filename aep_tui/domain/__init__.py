"""The words of the product as frozen models and pure functions: nothing here does input or output."""
