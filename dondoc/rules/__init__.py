"""The pure rules of the work. They take ``now`` and values and touch nothing."""
