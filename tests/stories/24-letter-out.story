story: an answer on paper: it counts when somebody says that it is posted
at Wed 14 Feb 2024 10:00
  Leila Hart enters a letter from Sam that came on Wed 14 Feb: "She asks when the review is."
at Wed 14 Feb 2024 16:00
  caseworker Priya Nair answers by letter "The review is on Monday 26 February at 10am."
at Wed 14 Feb 2024 16:01
  1 letter lies in the print room's folder of Wed 14 Feb, naming Monday 26 February
  the promise to Sam is open
at Wed 14 Feb 2024 17:30
  caseworker Priya Nair answers by letter "And it is at school."
at Wed 14 Feb 2024 17:31
  1 letter lies in the print room's folder of Thu 15 Feb, naming it is at school
at Thu 15 Feb 2024 09:00
  Jo Marsh says that the letters of Wed 14 Feb are posted
at Thu 15 Feb 2024 09:01
  the promise to Sam is kept
at Mon 19 Feb 2024 09:00
  Jo Marsh has the letter in hand: "gone away"
at Mon 19 Feb 2024 09:01
  an answer is owed by Tue 20 Feb
