story: what nobody answers becomes a possible complaint, and a person files it
at Mon 5 Feb 2024 09:00
  parent Sam Okafor emails "Ada has no school place" about Ada
at Tue 13 Feb 2024 08:01
  complaints team Rose Quinn has the escalation
  there is a possible complaint
at Tue 13 Feb 2024 09:00
  parent Sam Okafor emails "Re: We have not answered you in time" saying "Yes, I want to complain."
  Priya Nair cannot file the complaint
  Rose Quinn files the complaint
  the complaint is filed
  Sam has been sent "We have your complaint" naming Rose Quinn and Tuesday 27 February
at Tue 27 Feb 2024 17:00
  the answer to the complaint is given
at Thu 29 Feb 2024 09:00
  complaints team Rose Quinn has the escalation
