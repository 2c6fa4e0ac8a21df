story: a rung that nobody holds is passed over, and said
at Mon 5 Feb 2024 09:00
  parent Sam Okafor emails "Ada has no school place" about Ada
at Tue 6 Feb 2024 10:00
  team manager Jo Marsh says that Ann Doyle has left and Jo Marsh has it all
at Wed 7 Feb 2024 08:01
  team manager Jo Marsh has the escalation
at Fri 9 Feb 2024 08:01
  the timeline says "Nobody is head of service for this team"
  complaints team Rose Quinn has the escalation
  Sam has been sent "We have not answered you in time" naming Rose Quinn
