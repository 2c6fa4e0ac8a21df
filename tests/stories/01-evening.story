story: an email in the evening is acknowledged in the morning and goes up when nobody answers
at Thu 15 Feb 2024 21:40
  parent Sam Okafor emails "No reply about transport" about Ada
  it waits in the queue of caseworker Priya Nair, to be answered by Mon 19 Feb
  it has the reason "Sam Okafor is Ada’s mother. You have been Ada’s caseworker since 3 November."
  nothing has been sent
  the timeline says "Because nothing goes to a family after 6pm."
  the timeline says "Leaves Friday 8:00 to 8:15am"
at Fri 16 Feb 2024 07:59:59
  nothing has been sent
at Fri 16 Feb 2024 08:16
  Sam has been sent "We have got your email" naming Priya Nair and Monday 19 February
at Mon 19 Feb 2024 17:59
  the promise to Sam is open
at Mon 19 Feb 2024 18:01
  the promise to Sam is broken
  nothing has been sent since
  nobody above has it
at Tue 20 Feb 2024 08:16
  team manager Jo Marsh has the escalation
  Sam has been sent "We have not answered you in time" naming Jo Marsh and Wednesday 21 February
  Sam has been sent 2 emails
