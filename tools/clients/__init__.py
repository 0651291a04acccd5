"""The clients, generated from the service's OpenAPI."""
