"""Random small worlds, each with a few of the things that go wrong at an edge; see README.md."""
