"""Which kind of question a text is, and how sure that is: two ways of learning joined, and a confidence learned apart.

`described` is what is known of texts, `wording` and `perceptron` are parts of `ensemble`, which guesses; `calibration`
says how much a guess is worth and from where on it is one. Nothing here knows Rasa.
"""
