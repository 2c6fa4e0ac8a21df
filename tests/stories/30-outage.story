story: an outage over the morning: what is held leaves once, nobody jumps two rungs
at Tue 13 Feb 2024 10:00
  parent Donna Bennett emails "Bus" about Kai
at Tue 13 Feb 2024 21:00
  parent Sam Okafor emails "Taxi" about Ada
  nothing has been sent since
the program is down until Mon 19 Feb 2024 11:00
at Mon 19 Feb 2024 11:01
  Sam has been sent "We have not answered you in time" naming Jo Marsh and Tuesday 20 February
  Donna has been sent "We have not answered you in time" naming Jo Marsh and Tuesday 20 February
  team manager Jo Marsh has the escalation
at Tue 20 Feb 2024 17:00
  team manager Jo Marsh has the escalation
at Wed 21 Feb 2024 08:01
  head of service Ann Doyle has the escalation
