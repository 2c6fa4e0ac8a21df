story: three questions, two ticks: the third keeps the answer open
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Three things" about Ada saying "When is the review? Who comes to it? Is it at school?"
at Wed 14 Feb 2024 14:00
  caseworker Priya Nair answers 2 of their 3 questions "The review is on Monday 26 February. It is at school."
at Wed 14 Feb 2024 14:01
  Sam has been sent "About your email" naming This is not the whole answer yet and Thursday 15 February
  the promise to Sam is open
at Thu 15 Feb 2024 10:00
  caseworker Priya Nair replies "The head teacher and I come to it."
at Thu 15 Feb 2024 10:01
  the promise to Sam is kept
