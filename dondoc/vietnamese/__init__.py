"""The language: folding, dates and deadlines in words, what a reply means, working days. Imports nothing of ours."""
