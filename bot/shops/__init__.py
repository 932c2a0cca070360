"""One room for each shop engine: its adapter to the port `bot.support.gateway.OrderGateway`."""
