story: what has one cause is given away in one decision, however much it is
at Wed 14 Feb 2024 10:00
  60 families of Priya Nair write
at Fri 16 Feb 2024 09:00
  Jo Marsh gives all that went up to Leila Hart, and the families are told
  60 conversations wait in the queue of caseworker Leila Hart
at Fri 16 Feb 2024 09:05
  60 families have been sent "Leila Hart has your message now"
