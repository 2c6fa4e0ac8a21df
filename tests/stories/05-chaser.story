story: who asks again keeps the place and the day
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "When does the taxi start" about Ada
  Sam has been sent "We have got your email" naming Thursday 15 February
at Thu 15 Feb 2024 09:00
  Sam replies to "We have got your email" saying "I have heard nothing yet. Who decides this?"
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
  the timeline says "asks again: the day stays Thursday 15 February"
at Thu 15 Feb 2024 09:01
  Sam has been sent 2 emails
  Sam replies to "We have got your email" saying "Please, it is urgent."
at Thu 15 Feb 2024 09:02
  Sam has been sent 2 emails
at Thu 15 Feb 2024 11:00
  caseworker Priya Nair replies "The transport team decides. They decided today: Ada gets a taxi."
at Thu 15 Feb 2024 11:01
  the promise to Sam is kept
