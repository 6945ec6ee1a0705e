"""Pure functions on strings that several rooms must agree on: white space, scripts, sentences, words."""
