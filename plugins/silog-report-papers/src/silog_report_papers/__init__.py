"""Delivery notes (surat jalan) and a dispatch list for silog_core plans."""
