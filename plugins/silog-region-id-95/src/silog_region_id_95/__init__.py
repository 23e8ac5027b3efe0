"""Papua Pegunungan for silog_core: by air in the morning, then on foot."""
