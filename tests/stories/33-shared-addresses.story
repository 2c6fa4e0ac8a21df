story: a couple shares an address, and a school's office has one for several children
at Wed 14 Feb 2024 10:00
  the council's list has Kofi Okafor at "sam.okafor@example.org" as carer of Ada Okafor too
  the council's list has Oakfield School at "office@oakfield.example" as school of Ada Okafor too
  the council's list has Oakfield School at "office@oakfield.example" as school of Kai Bennett too
  the council's list has Ms Hill at "office@oakfield.example" as school of Leo Novak too
  the lists are imported, and it says "Taken in"
at Wed 14 Feb 2024 10:10
  the address "sam.okafor@example.org" writes to us, signing as The Okafors: "Transport"
  it has the reason "written from the shared address of Sam Okafor and Kofi Okafor"
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
at Wed 14 Feb 2024 10:15
  the address "sam.okafor@example.org" writes to us, signing as Kofi Okafor: "Transport again"
  it has the reason "Kofi Okafor is Ada’s carer"
at Wed 14 Feb 2024 10:20
  the address "office@oakfield.example" writes to us, signing as The office: "Plan", saying "This is about Kai Bennett."
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
at Wed 14 Feb 2024 10:30
  the address "office@oakfield.example" writes to us, signing as The office: "Question", saying "When is the meeting? Regards, Ada"
  it waits to be matched, to be answered by Thu 15 Feb
  it could be about Ada Okafor or Kai Bennett or Leo Novak
  Jo Marsh matches it to Leo Novak as school
at Wed 14 Feb 2024 10:40
  the address "office@oakfield.example" replies to "We have got your email" saying "And NM-2041?"
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
