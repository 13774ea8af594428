"""Doors over HTTP: webhooks, the demo page, health and metrics."""
