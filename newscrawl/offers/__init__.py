"""Subscription prompts: how they are worded, and how they are taken out."""
