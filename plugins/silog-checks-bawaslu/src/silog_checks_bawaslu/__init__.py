"""Risk checks for silog_core from Bawaslu's map of vulnerable polling stations."""
