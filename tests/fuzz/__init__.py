"""A fuzzing harness: damaged inputs through the command line, each command in a child with limits.

`python -m tests.fuzz --seconds 60` mutates the examples, the worked cases, the error folders and
what the commands write from them, and judges what each command does. `python -m tests.fuzz.kills`
kills commands while they write.
"""
