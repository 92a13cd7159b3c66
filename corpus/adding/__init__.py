"""From a page to a write-up: drafted, merged with what an editor did, looked over."""
