story: a call is answered while it lasts, and owes nothing
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "When does the taxi start" about Ada
  an answer is owed by Thu 15 Feb
at Wed 14 Feb 2024 11:00
  Priya Nair rings Sam and answers
  nothing is owed any more
  the promise to Sam is kept
at Fri 16 Feb 2024 09:00
  nobody above has it
  Sam has been sent 1 email
