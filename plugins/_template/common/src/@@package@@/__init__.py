"""@@title@@, for silog_core."""
