story: news keeps nothing; it moves the day once, and the family is told
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Petrol money" about Ada
  an answer is owed by Thu 15 Feb
at Wed 14 Feb 2024 14:00
  caseworker Priya Nair sends news "The panel meets on Friday. I will know more then." and names Mon 19 Feb
at Wed 14 Feb 2024 14:01
  Sam has been sent "About your email" naming I will answer the rest by Monday 19 February
  an answer is owed by Mon 19 Feb
  the timeline says "It cannot be moved again"
  caseworker Priya Nair cannot name Wed 21 Feb: "moved once already"
at Thu 15 Feb 2024 18:01
  the promise to Sam is open
at Mon 19 Feb 2024 18:01
  the promise to Sam is broken
at Tue 20 Feb 2024 08:01
  team manager Jo Marsh has the escalation
  caseworker Priya Nair cannot name Wed 21 Feb: "has passed"
