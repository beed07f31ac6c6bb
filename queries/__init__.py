"""What may be asked: one question, one `.rq` file. No other folder holds query text."""
