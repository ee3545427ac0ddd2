"""What a framework, an assessment and a result are, and how one follows from the others: plain Python."""
