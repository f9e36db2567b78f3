"""What `python -m tools.mutate` is made of: mutants, what the tests reach, and trials."""
