"""The editor's bench: add, review and publish in a browser, on this machine alone."""
