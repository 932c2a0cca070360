"""How Rasa carries a message from the question to the answer, without what a message of ours does not need.

`runner` runs Rasa's graphs, `policy` predicts the next action from rules of one turn, `processor` treats a message.
What they answer is what Rasa's own would; Rasa's own take twice the time of everything that is ours.
"""
