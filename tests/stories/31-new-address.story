story: a new address is asked, the old one is told, and it counts once somebody replies from it
at Wed 14 Feb 2024 19:00
  Priya Nair enters the new address "sam@new.example" of Sam, told by telephone
  nothing has been sent
  we write to Sam at "sam.okafor@example.org"
at Thu 15 Feb 2024 08:16
  the address "sam@new.example" has been sent "Is this your new email address?" naming Priya Nair
  nothing sent to "sam@new.example" says Ada
  nothing sent to "sam@new.example" says Okafor
  Sam has been sent "We were told that your email address changes" naming Sam and by telephone
  nothing sent to Sam says "sam@new.example"
  Priya Nair cannot confirm the new address of Sam: "A colleague must confirm it"
at Thu 15 Feb 2024 09:00
  the address "sam@new.example" replies to "Is this your new email address?" saying "Yes, that is right."
  it has the reason "Sam Okafor is Ada’s mother"
  we write to Sam at "sam@new.example"
  the timeline says "The new address counts"
at Thu 15 Feb 2024 10:00
  the lists are imported, and it says "Sam Okafor has sam@new.example and not sam.okafor@example.org, says Priya Nair"
  we write to Sam at "sam@new.example"
  the council's list has the address "sam@new.example" for "sam.okafor@example.org"
  the lists are imported, and it says "Taken in"
  parent Sam Okafor emails "From the old one"
  it waits to be matched, to be answered by Fri 16 Feb
