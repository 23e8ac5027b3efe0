"""The silog program."""
