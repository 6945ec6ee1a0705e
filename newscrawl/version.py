"""The version, in a module that needs nothing installed to be read."""

__version__ = "0.2.0"
