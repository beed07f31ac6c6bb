"""The explorer: pages over HTTP and as files, the endpoint, the catalogue over HTTP, MCP."""
