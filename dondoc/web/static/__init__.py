"""The demo page as the browser gets it. A package only so that it is installed."""
