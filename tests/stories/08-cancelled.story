story: a reply can be stopped until the last second
at Thu 15 Feb 2024 16:00
  parent Sam Okafor emails "When does the taxi start" about Ada
at Thu 15 Feb 2024 21:10
  caseworker Priya Nair replies "The taxi starts on Monday."
  the reply waits until Fri 16 Feb 08:00
  nothing has been sent since
at Fri 16 Feb 2024 07:59:59
  Priya Nair stops the reply
at Fri 16 Feb 2024 09:00
  Sam has been sent 1 email
  Priya Nair cannot stop the reply: "stopped already"
  the promise to Sam is open
  caseworker Priya Nair replies "The taxi starts on Tuesday 20 February."
at Fri 16 Feb 2024 09:01
  Sam has been sent "About your email" naming Tuesday 20 February
  Sam has been sent 2 emails
  the promise to Sam is kept
