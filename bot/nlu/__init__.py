"""Understanding: Rasa graph components, the spaCy pipeline and the sentence encoder they share."""
