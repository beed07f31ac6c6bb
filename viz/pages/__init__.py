"""Interactive pages: what a picture holds, where it stands, how it is written. No queries live here."""
