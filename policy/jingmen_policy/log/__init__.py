"""The decision log: a receipt for every judged dossier, appended, chained, never changed."""
