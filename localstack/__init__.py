"""Runs Rejoin on this machine: python3 -m localstack, from the root."""
