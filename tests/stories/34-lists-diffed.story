story: an import shows what would change, and is stopped when too much would
at Wed 14 Feb 2024 10:00
  the lists are imported, and it says "It was so already: nothing to take in."
  parent Donna Bennett emails "School trip" about Kai
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
at Wed 14 Feb 2024 11:00
  the council's list has Donna Bennett no longer
  the lists are imported, and it says "import again with --allow-share 20"
  parent Donna Bennett emails "School trip two" about Kai
  it waits in the queue of caseworker Leila Hart, to be answered by Thu 15 Feb
at Wed 14 Feb 2024 12:00
  the lists are imported, 20 % allowed, and it says "Donna Bennett, mother of NM-2042 Kai Bennett"
  Donna replies to "We have got your email" saying "Is there news?"
  2 conversations wait in the queue of caseworker Leila Hart
at Wed 14 Feb 2024 12:30
  parent Donna Bennett emails "Another thing"
  it waits to be matched, to be answered by Thu 15 Feb
at Wed 14 Feb 2024 13:00
  the council's list has Kim Bell at "kim at home" as carer of Kai Bennett too
  the lists are imported, and it says "line 6, column email:"
