"""One message model, one module per channel. A channel never touches the tables of tasks."""
