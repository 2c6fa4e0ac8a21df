story: over the change of the clocks, morning is London's morning
at Fri 29 Mar 2019 19:30
  parent Sam Okafor emails "Transport on Monday" about Ada
  it waits in the queue of caseworker Priya Nair, to be answered by Tue 2 Apr
at Mon 1 Apr 2019 07:59:59
  nothing has been sent
at Mon 1 Apr 2019 08:00
  Sam has been sent "We have got your email" naming Tuesday 2 April
at Fri 25 Oct 2019 18:30
  parent Donna Bennett emails "The clocks go back" about Kai
at Mon 28 Oct 2019 07:59:59
  Donna has been sent 0 emails
at Mon 28 Oct 2019 08:00
  Donna has been sent "We have got your email" naming Tuesday 29 October
