"""Queries of strangers: limits, worker processes that can be killed, no network. Answers nothing itself."""
