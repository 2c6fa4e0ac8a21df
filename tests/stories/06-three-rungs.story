story: three rungs up, and an answer that ends it
at Mon 5 Feb 2024 09:00
  parent Sam Okafor emails "Ada has no school place" about Ada
  it waits in the queue of caseworker Priya Nair, to be answered by Tue 6 Feb
at Wed 7 Feb 2024 08:01
  team manager Jo Marsh has the escalation
  Sam has been sent "We have not answered you in time" naming Jo Marsh and Thursday 8 February
at Fri 9 Feb 2024 08:01
  head of service Ann Doyle has the escalation
  Sam has been sent "We have not answered you in time" naming Ann Doyle and Monday 12 February
at Tue 13 Feb 2024 08:01
  complaints team Rose Quinn has the escalation
  Sam has been sent "We have not answered you in time" naming Rose Quinn and Local Government and Social Care Ombudsman
  Sam has been sent 4 emails
at Tue 13 Feb 2024 14:00
  caseworker Priya Nair replies "Ada has a place at Brookfield Primary from Monday 19 February. I am sorry that you had to wait."
at Tue 13 Feb 2024 14:01
  the promise to Sam is kept late
  nobody above has it
at Fri 16 Feb 2024 12:00
  Sam has been sent 5 emails
  nobody above has it
