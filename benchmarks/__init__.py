"""Programs that measure Gangmu. No part of the package."""
