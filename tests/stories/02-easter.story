story: what is written on Good Friday waits for Tuesday, and counts from Tuesday
at Thu 28 Mar 2024 18:00
  parent Sam Okafor emails "Is the school open after Easter" about Ada
  it waits in the queue of caseworker Priya Nair, to be answered by Wed 3 Apr
at Fri 29 Mar 2024 12:00
  parent Donna Bennett emails "Kai is at home again" about Kai
  it waits in the queue of caseworker Leila Hart, to be answered by Wed 3 Apr
at Sat 30 Mar 2024 10:00
  nothing has been sent
at Mon 1 Apr 2024 12:00
  nothing has been sent
at Tue 2 Apr 2024 07:59:59
  nothing has been sent
at Tue 2 Apr 2024 08:16
  Sam has been sent "We have got your email" naming Wednesday 3 April
  Donna has been sent "We have got your email" naming Leila Hart and Wednesday 3 April
at Wed 3 Apr 2024 18:00
  the promise to Donna is broken
