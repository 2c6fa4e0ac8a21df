story: a mother of two children with two caseworkers: two promises, one conversation
at Wed 14 Feb 2024 10:00
  parent Jana Novak emails "Taxi for Leo and Mia" about Leo
  an answer about Leo Novak is owed by Priya Nair until Thu 15 Feb
  an answer about Mia Novak is owed by Leila Hart until Thu 15 Feb
  Jana has been sent "We have got your email" naming Leo and Mia and Priya Nair and Leila Hart
  Jana has been sent 1 email
at Wed 14 Feb 2024 15:00
  caseworker Priya Nair answers about Leo Novak "Leo's taxi comes at 8am."
at Wed 14 Feb 2024 15:01
  an answer about Mia Novak is owed by Leila Hart until Thu 15 Feb
at Thu 15 Feb 2024 18:01
  the promise to Jana is broken
at Fri 16 Feb 2024 08:01
  team manager Jo Marsh has the escalation
  caseworker Leila Hart answers about Mia Novak "Mia's taxi comes with Leo's."
at Fri 16 Feb 2024 08:02
  nothing is owed any more
  nobody above has it
