"""What may be said: the ontology as Turtle and its constants. No instance data lives here."""
