"""Tests of the Mérida Atlas."""
