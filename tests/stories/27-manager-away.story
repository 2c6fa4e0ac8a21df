story: a manager who is away is stood in for, and a chain of cover is followed to its end
at Wed 14 Feb 2024 09:00
  Jo Marsh is away from Wed 14 Feb, and Ann Doyle answers
  Leila Hart is away from Wed 14 Feb to Fri 16 Feb, and Jo Marsh answers
at Wed 14 Feb 2024 10:00
  parent Donna Bennett emails "Bus" about Kai
  Donna has been sent "We have got your email" naming Ann Doyle and looking after Leila Hart’s work
at Fri 16 Feb 2024 08:01
  team manager Ann Doyle has the escalation
  Donna has been sent "We have not answered you in time" naming Ann Doyle
