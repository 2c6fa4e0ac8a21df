story: a copy that should have been answered by now is owed today when somebody says that it needs an answer, and its sender is told so
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "For your information" with us only in copy
  it is set aside: "We are only in copy"
at Fri 16 Feb 2024 09:30
  Priya Nair says that it needs an answer
  it waits in the queue of caseworker Priya Nair, to be answered by Fri 16 Feb
  Sam has been sent "We have got your email" naming Priya Nair and Friday 16 February
