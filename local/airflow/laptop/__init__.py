"""Airflow on a laptop: settings, database, runs without a scheduler, and what they report."""
