story: two caseworkers take the same conversation, and one has it
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Please ring me" about Ada
  Leila Hart claims it
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
  Jo Marsh cannot claim it: "Leila Hart took this before you."
  Leila Hart says that no answer is needed: answered_already
  the promise to Sam is kept
