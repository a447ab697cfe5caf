"""Sharing a view: link previews, the share panel, embedding, citations, fingerprints."""
