"""Routines: built from the shop's products, checked as somebody uses them, spread over a week, made shorter and cheaper."""
