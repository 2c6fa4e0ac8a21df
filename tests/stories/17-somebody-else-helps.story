story: who is sent elsewhere is told who, and how to reach them
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Speech check" about Ada
at Wed 14 Feb 2024 11:00
  caseworker Priya Nair shows them to "The speech and language service" at "01632 960 155", saying "We cannot book the speech check. The health service does that."
at Wed 14 Feb 2024 11:01
  Sam has been sent "About your email" naming The speech and language service can help you with this and 01632 960 155
  the promise to Sam is kept
at Wed 14 Feb 2024 12:00
  parent Donna Bennett emails "Petrol" about Kai
at Wed 14 Feb 2024 13:00
  caseworker Leila Hart passes it on to "Mina Shah of the transport team", saying "The transport team pays for petrol."
at Wed 14 Feb 2024 13:01
  Donna has been sent "About your email" naming Mina Shah of the transport team has your message now
  the promise to Donna is kept
