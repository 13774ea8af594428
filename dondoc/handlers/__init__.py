"""What a message means: one module per conversation. A handler never touches a channel."""
