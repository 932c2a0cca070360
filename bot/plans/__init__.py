"""A week's plan as something to look at and to keep: a page of plain words, its picture and its calendar."""
