"""Services that answer: each takes a `Turn` of one kind of question, asks rules, store and shop, and gives an `Answer`.

`turn` is the door: frames and memory in, replies and memory out. Nothing here knows Rasa.
"""
