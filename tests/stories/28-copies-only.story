story: a copy asks nothing of us, and is kept where it can be seen
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "For your information" with us only in copy
  it is set aside: "We are only in copy"
  nothing has been sent
at Mon 19 Feb 2024 09:00
  nobody above has it
  nothing has been sent
