story: an email from an unknown address says more than a name about whose child it is
at Wed 14 Feb 2024 10:00
  the address "okafors@mail.example" writes to us, signing as sam okafor: "The taxi", saying "It did not come again today."
  it waits to be matched, to be answered by Thu 15 Feb
  it is likely about Ada Okafor: "Somebody called Sam Okafor is in this child’s list, at another address."
at Wed 14 Feb 2024 10:20
  the address "kind.neighbour@mail.example" writes to us, signing as Pat Reed: "Our talk", saying "You gave me the number nm-2042 to write in each email."
  it is likely about Kai Bennett: "The email has this child’s number."
at Wed 14 Feb 2024 10:40
  the address "clinic@mail.example" writes to us, signing as Therapy: "An appointment", saying "Can you bring a form for Monday, 2041 copies?"
  nobody can say which child it is about
