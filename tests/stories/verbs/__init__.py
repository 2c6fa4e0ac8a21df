"""The verbs of a story, by what they are about."""
from stories.verbs import answers, calls_and_letters, directory, going_up, mail, people     # noqa: F401 - each keeps its verbs
