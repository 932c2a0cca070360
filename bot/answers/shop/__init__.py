"""Answers in the words of the shop's owner: policies on orders, delivery and money, narrower topics, and how to reach the
staff."""
