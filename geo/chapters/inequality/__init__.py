"""Inequality."""
