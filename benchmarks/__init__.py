"""Measurements that anyone can run again, each with its peer in the same run."""
