story: a caseworker is away for a week, and whoever writes is told who answers
at Wed 14 Feb 2024 09:00
  Priya Nair is away from Thu 15 Feb to Wed 21 Feb, and Leila Hart answers
  Leila Hart cannot be away from Thu 15 Feb with Priya Nair answering: "nobody would be here"
at Thu 15 Feb 2024 10:00
  parent Sam Okafor emails "Taxi" about Ada
  Sam has been sent "We have got your email" naming Leila Hart and looking after Priya Nair’s work
at Thu 15 Feb 2024 15:00
  caseworker Leila Hart replies "The taxi starts on Monday 19 February."
at Thu 15 Feb 2024 15:01
  the promise to Sam is kept
at Thu 22 Feb 2024 10:00
  parent Sam Okafor emails "Thank you, one more thing" about Ada
  Sam has been sent "We have got your email" naming Priya is Ada’s caseworker
