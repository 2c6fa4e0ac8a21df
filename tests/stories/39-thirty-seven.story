story: a leaver with 37 open items leaves none behind
at Wed 14 Feb 2024 10:00
  37 families of Priya Nair write
  37 conversations wait in the queue of caseworker Priya Nair
at Wed 14 Feb 2024 11:00
  team manager Jo Marsh says that Priya Nair has left and Leila Hart has it all
at Wed 14 Feb 2024 11:05
  0 conversations wait in the queue of caseworker Priya Nair
  37 conversations wait in the queue of caseworker Leila Hart
  37 families have been sent "Leila Hart has your message now"
at Fri 16 Feb 2024 08:01
  37 families have been sent "We have not answered you in time"
at Fri 16 Feb 2024 09:00
  Jo Marsh has been told by email 1 time, last that "37 families waited too long, now with you"
