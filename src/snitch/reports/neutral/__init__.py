"""The one place that makes untrusted text harmless for the place where it is printed.

Everything a report shows may have been written by the author of the change: names, paths, values,
messages that quote them. One module a kind of output; each returns text that can only be read.
"""
