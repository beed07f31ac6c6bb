"""Values as SPARQL terms and back. Knows no query; the only place where a value is escaped for SPARQL."""
