"""What may be said: the ontology as Turtle and its constants. No instance data lives here."""

from pathlib import Path
from typing import Final

ONTOLOGY: Final = Path(__file__).parent / "gangmu.ttl"
"""Classes and properties."""
SCHEMES: Final = Path(__file__).parent / "schemes.ttl"
"""The concepts that properties point to."""
SHAPES: Final = Path(__file__).parent / "shapes.ttl"
"""What data must look like."""
CONTEXT: Final = Path(__file__).parent / "context.jsonld"
"""The names that JSON-LD uses for the terms, generated from the ontology."""
CONTEXT_IRI: Final = "https://w3id.org/gangmu/ontology/context.jsonld"
"""Where that context is published."""
