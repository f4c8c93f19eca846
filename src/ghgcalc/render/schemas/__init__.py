"""JSON Schema of the files that people and programs write, from the models that read them."""
