"""What the registry answers: models, their past, their differences; and what prepares a change.

Everything is read from Git by the rooms that `check` reads with. One module an answer: a frozen
value, and the function that finds it in a `Book`.
"""
