"""Builds Rejoin and deploys it to AWS: python3 -m infra, from the root."""
