"""Jakarta for silog_core: four ballots in a Pemilu, one in a Pilkada."""
