story: what was set aside wrongly gets its day and its caseworker when somebody says that it needs an answer
at Wed 14 Feb 2024 10:00
  an automatic reply comes from Sam: "Help, Ada has no taxi"
  it is set aside: "It is an automatic reply"
  nothing has been sent
at Wed 14 Feb 2024 15:00
  Jo Marsh says that it needs an answer
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
  the timeline says "Jo Marsh says that it needs an answer"
  the timeline says "Because it came on Wednesday 14 February"
  nothing has been sent
  Jo Marsh says that it needs an answer
  an answer is owed by Thu 15 Feb
at Wed 14 Feb 2024 15:30
  Priya Nair says that no answer is needed: no_person_wrote
  nothing is owed any more
  Priya Nair says that it needs an answer
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
at Wed 14 Feb 2024 16:00
  caseworker Priya Nair replies "The taxi comes at 8 tomorrow. I have spoken to the driver."
at Wed 14 Feb 2024 16:30
  nothing is owed any more
