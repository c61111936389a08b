"""The instructor's rooms: the outline, and everything that is made from a solution notebook.

A trainee's notebook never imports this package.
"""
