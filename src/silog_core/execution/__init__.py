"""Ways to run independent tasks: serial and process pool."""
