"""Rebalance."""
