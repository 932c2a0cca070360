"""Vendure, by its Admin GraphQL interface."""
