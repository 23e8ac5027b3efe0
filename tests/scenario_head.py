"""How a scenario.toml begins: title, election, one contest."""

HEAD = """\
title = "Medan Tuntungan"

[election]
kind = "pilkada"
voting_day = 2024-11-27
root = "12"

[[contests]]
code = "governor"
item = "ballot-governor"
area_level = "province"
"""
