"""Stand-ins for services that cannot run here, each proved against independent client libraries."""
