story: a letter counts from the day on which the post brought it
at Wed 14 Feb 2024 15:00
  Leila Hart enters a letter from Sam that came on Wed 14 Feb: "She asks for a meeting about the school place."
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
  Sam has been sent "We have got your letter" naming Wednesday 14 February and Thursday 15 February
at Thu 15 Feb 2024 16:00
  Leila Hart enters a letter from Donna that came on Mon 12 Feb: "It lay in the post room."
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
at Fri 16 Feb 2024 08:01
  team manager Jo Marsh has the escalation
