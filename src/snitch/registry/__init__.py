"""Models and releases: which there are, what each holds, what production held before."""
