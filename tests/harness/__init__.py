"""The whole program with a set clock, a relay that keeps what it is given, and a client of the API: for stories, the
demo, kill tests and the bench. Standard library only."""
