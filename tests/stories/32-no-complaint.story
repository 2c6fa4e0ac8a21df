story: a possible complaint that the family does not want, and what is owed stays owed
at Mon 5 Feb 2024 09:00
  parent Sam Okafor emails "Taxi" about Ada
at Tue 13 Feb 2024 10:00
  there is a possible complaint
  Rose Quinn does not file it, because the family does not want it
  the complaint is declined
  complaints team Rose Quinn has the escalation
at Tue 13 Feb 2024 11:00
  caseworker Leila Hart replies "The taxi starts on Monday 19 February. I am sorry."
at Tue 13 Feb 2024 11:01
  the promise to Sam is kept late
  nobody above has it
