"""The rule book: combine, resolve, restrict, explain, digest."""
