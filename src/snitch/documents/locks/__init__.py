"""Lock files, one module a format: every version in them is exact."""
