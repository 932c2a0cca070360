"""The skincare rules: pure Python over `data/knowledge`, without Rasa, SQL or the network."""
