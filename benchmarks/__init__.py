"""Figures about speed, each beside something simple that does the least one could do. ``python -m benchmarks`` runs all."""
