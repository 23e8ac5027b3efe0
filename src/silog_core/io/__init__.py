"""Files: scenario folder, plan folder."""
