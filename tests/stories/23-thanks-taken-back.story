story: no answer needed is taken back, and the day that was told stands
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Thank you" about Ada saying "Thank you. And when is the review?"
  Priya Nair says that no answer is needed: thanks_only
  the promise to Sam is kept
at Wed 14 Feb 2024 14:00
  Jo Marsh takes it up again
  an answer is owed by Thu 15 Feb
at Thu 15 Feb 2024 18:01
  the promise to Sam is broken
at Fri 16 Feb 2024 08:01
  team manager Jo Marsh has the escalation
