"""What is said: records become triples, a store, alignments and checks. Shows nothing."""
