"""Closer."""
