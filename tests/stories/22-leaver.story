story: who leaves leaves nothing behind
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Taxi" about Ada
  parent Jana Novak emails "Leo at school" about Leo
at Wed 14 Feb 2024 11:00
  team manager Jo Marsh says that Priya Nair has left and Leila Hart has it all
at Wed 14 Feb 2024 11:01
  0 conversations wait in the queue of caseworker Priya Nair
  2 conversations wait in the queue of caseworker Leila Hart
  Sam has been sent "Leila Hart has your message now" naming Leila Hart, Ada’s caseworker and Thursday 15 February
  Jana has been sent "Leila Hart has your message now"
at Wed 14 Feb 2024 12:00
  parent Sam Okafor emails "And the bus" about Ada
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
