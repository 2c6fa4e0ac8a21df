story: a call that nobody took is rung back, and what is promised in it has a day of its own
at Wed 14 Feb 2024 10:00
  caseworker Priya Nair writes down a call from Sam that nobody took
  a call back is owed by Thu 15 Feb
  Sam has been sent "We have got your telephone call" naming Priya will ring you back by Thursday 15 February
at Wed 14 Feb 2024 11:00
  Priya Nair rings Sam and does not reach them
  a call back is owed by Thu 15 Feb
at Wed 14 Feb 2024 15:00
  caseworker Priya Nair writes down a call from Sam that was answered, saying "Ada needs the transport form", promising "Send the transport form" by Mon 19 Feb and sends a note
  Priya Nair has promised "Send the transport form" by Mon 19 Feb
at Wed 14 Feb 2024 15:01
  Sam has been sent "What we said on the telephone" naming Ada needs the transport form and Send the transport form, by Monday 19 February
at Mon 19 Feb 2024 18:01
  the promise to Sam is broken
at Tue 20 Feb 2024 08:01
  team manager Jo Marsh has the escalation
  Sam has been sent "We have not answered you in time" naming do what we promised on the telephone
at Tue 20 Feb 2024 09:00
  Priya Nair says that "Send the transport form" is done
  nothing is owed any more
  nobody above has it
