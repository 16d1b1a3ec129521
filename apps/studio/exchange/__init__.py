"""Question files of other programs, read and written. Pure: no framework, no database.

`items.py` is what every reader makes and every writer takes; `read.py` and `write.py` choose the
format. What our own questions are made of is the business of `becoming.py` and `leaving.py`.
"""
