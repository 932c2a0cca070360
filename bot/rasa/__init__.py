"""What is changed of Rasa, and how it is started, trained and served; each file says what and why.

`runner` runs Rasa's graphs, `policy` predicts the next action from rules of one turn, `processor` treats a message: they
answer what Rasa's own would, which take twice the time of everything that is ours. `lean` keeps TensorFlow out,
`inprocess` runs the actions here, `importer` and `packing` make training quick.
"""
