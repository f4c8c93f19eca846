"""The company file: its models, its keys, its checks; a document becomes a Company."""
