"""When each verbatim was said: a recap is laid beside the subtitles of its replay."""
