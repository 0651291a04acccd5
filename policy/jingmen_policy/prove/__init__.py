"""Proofs about a whole corpus: what no dossier, not only those tried, can be."""
