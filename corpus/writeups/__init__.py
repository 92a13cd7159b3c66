"""The write-up of a webinar: read, written, and touched only where it differs."""
