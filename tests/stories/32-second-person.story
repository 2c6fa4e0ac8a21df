story: somebody answers from the old address, so a second person looks; what waits then goes to the new one
at Thu 15 Feb 2024 10:00
  parent Sam Okafor emails "Transport" about Ada
at Thu 15 Feb 2024 11:00
  Priya Nair enters the new address "sam@new.example" of Sam, from a letter
at Thu 15 Feb 2024 11:10
  Sam replies to "We were told that your email address changes" saying "I did not say so. Who did?"
at Thu 15 Feb 2024 11:20
  the address "sam@new.example" replies to "Is this your new email address?" saying "Yes"
  the timeline says "a colleague must confirm it, or take it back"
  we write to Sam at "sam.okafor@example.org"
at Thu 15 Feb 2024 19:00
  parent Sam Okafor emails "Still the transport"
  caseworker Priya Nair replies "The taxi comes on Monday."
  Leila Hart confirms the new address of Sam: "Sam came to the office with her passport."
  we write to Sam at "sam@new.example"
at Fri 16 Feb 2024 08:16
  the address "sam@new.example" has been sent "About your email"
  the address "sam@new.example" has been sent "We have got your email"
  nothing sent to Sam says "The taxi comes on Monday"
