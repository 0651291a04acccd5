"""The routes by topic, each a router that the app includes."""
