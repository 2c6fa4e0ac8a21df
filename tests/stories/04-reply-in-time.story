story: a reply on the same day keeps the promise
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "When does the taxi start" about Ada
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
  Sam has been sent "We have got your email" naming Priya Nair and Thursday 15 February
at Wed 14 Feb 2024 15:20
  caseworker Priya Nair replies "The taxi starts on Monday 19 February. It comes to your door at 8:05am."
at Wed 14 Feb 2024 15:21
  Sam has been sent "About your email" naming The taxi starts on Monday 19 February
  the promise to Sam is kept
at Fri 16 Feb 2024 12:00
  the promise to Sam is kept
  nobody above has it
  Sam has been sent 2 emails
