"""Programs that feed parsers with damaged input. No part of the package."""
