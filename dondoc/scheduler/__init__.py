"""What the clock does: reminders, digests, delivery."""
