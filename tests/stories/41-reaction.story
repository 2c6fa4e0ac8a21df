story: a thumb is offered as no answer needed, and takes no words from anybody
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Taxi" about Ada
  caseworker Priya Nair replies "The taxi starts on Monday 26 February."
at Wed 14 Feb 2024 11:00
  Sam replies to "About your email" saying "👍"
  it is offered as no answer needed
  an answer is owed by Thu 15 Feb
  Priya Nair says that no answer is needed: thanks_only
  nothing is owed any more
