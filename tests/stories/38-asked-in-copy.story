story: who asks us by name in a copy is asked nothing more
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "The taxi" with us only in copy, saying "Dear head teacher, Ada was late again. Priya, when does her taxi start?"
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
  Sam has been sent "We have got your email" naming Priya Nair
