"""`python -m bot.nlu.encoder`: build the int8 network, which is the default, ahead of the first start."""

from bot.nlu.encoder.build import ensure_network

if __name__ == "__main__":
    print(ensure_network("int8"))
