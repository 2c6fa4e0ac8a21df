story: a conversation is given to a colleague, and the family knows
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Taxi" about Ada
  Priya Nair gives it to Leila Hart and tells the family
at Wed 14 Feb 2024 10:01
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
  Sam has been sent "Leila Hart has your message now" naming Priya Nair is not able to answer you and Thursday 15 February
  0 conversations wait in the queue of caseworker Priya Nair
