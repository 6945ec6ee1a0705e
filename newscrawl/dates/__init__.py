"""From a text to an instant, for every publisher."""
