"""Pure functions on text that several rooms must agree on: white space, scripts, sentences, words, a page's end."""
