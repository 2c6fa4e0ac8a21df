story: what has one cause is told once and decided as one
at Wed 14 Feb 2024 09:00
  parent Sam Okafor emails "Taxi" about Ada
  parent Jana Novak emails "Leo" saying "When does Leo start at his new school?"
at Fri 16 Feb 2024 08:01
  Jo Marsh has been told by email 0 times
  it went up because Priya Nair did not answer
at Fri 16 Feb 2024 08:15
  Jo Marsh has been told by email 1 time
at Fri 16 Feb 2024 09:00
  Jo Marsh gives all that went up to Leila Hart, and the families are told
  the decision says "2 conversations are with Leila Hart now. 2 families are told."
  the page shows Jo Marsh that Priya Nair had 2 of them before and Leila Hart has them now
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
  Sam has been sent "Leila Hart has your message now" naming Leila Hart and Monday 19 February
at Mon 19 Feb 2024 08:29
  Jo Marsh has been told by email 1 time
at Mon 19 Feb 2024 08:31
  Jo Marsh has been told by email 2 times
  Ann Doyle has been told by email 0 times
at Tue 20 Feb 2024 08:31
  Ann Doyle has been told by email 1 time
