story: when the answer leaves first, "we have got it" is taken back
at Thu 15 Feb 2024 20:00
  parent Sam Okafor emails "When does the taxi start" about Ada
  caseworker Priya Nair replies "The taxi starts on Monday 19 February."
  nothing has been sent
at Fri 16 Feb 2024 08:16
  Sam has been sent "About your email" naming Monday 19 February
  Sam has been sent 1 email
  the timeline says "“We have got your message” was taken back"
  the promise to Sam is kept
