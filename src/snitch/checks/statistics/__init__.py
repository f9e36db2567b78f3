"""The mathematics of comparing two measurements of the same items: pure functions, no I/O."""
