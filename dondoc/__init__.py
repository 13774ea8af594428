"""Đôn Đốc: a chatbot with which Vietnamese offices follow work up until it is done."""

__version__ = "0.1.0"
