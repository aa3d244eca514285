"""Every figure of every mart, computed a second time from the source files; see README.md."""
