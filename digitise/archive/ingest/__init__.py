"""Ingest: deliveries in an inbox become issues in the archive, each exactly once."""
