"""How a text is read: a file becomes records. Knows no RDF."""
