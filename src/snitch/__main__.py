"""`python -m snitch`: the same as the console script, and as safe."""

import sys

# `-m` puts the working directory first on the path: a repository's yaml.py is not ours to run.
if not getattr(sys.flags, "safe_path", False):
    sys.path[:] = [entry for entry in sys.path[1:] if entry]

from snitch.cli import main

main()
