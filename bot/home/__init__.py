"""The owner's own files, in a folder of theirs that no update of the project touches; every change is kept and can be taken back."""
