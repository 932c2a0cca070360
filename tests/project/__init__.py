"""The project as others take it: licence, documents, deploy files."""
