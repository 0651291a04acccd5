"""The published JSON Schemas: what ``jingmen`` prints as JSON, and what scenario files hold."""
