story: a thank you is offered as no answer needed, and its clock runs until a person agrees
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Re: taxi" about Ada saying "Thank you so much, that is a weight off my mind."
  it is offered as no answer needed
  an answer is owed by Thu 15 Feb
  Priya Nair says that no answer is needed: thanks_only
  the promise to Sam is kept
at Wed 14 Feb 2024 11:00
  parent Donna Bennett emails "Re: bus" about Kai saying "Thank you. Does it come on Fridays too?"
  it is not offered as no answer needed
  an answer is owed by Thu 15 Feb
