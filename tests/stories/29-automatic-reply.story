story: an automatic reply is answered by nothing automatic, and starts no clock
at Wed 14 Feb 2024 10:00
  an automatic reply comes from Sam: "Out of office"
  it is set aside: "It is an automatic reply"
  nothing has been sent
at Mon 19 Feb 2024 09:00
  nobody above has it
