story: what is held in the evening is still held after a restart, and leaves once
at Thu 15 Feb 2024 19:00
  parent Sam Okafor emails "When does the taxi start" about Ada
  nothing has been sent
  the program is killed and started again
at Thu 15 Feb 2024 23:00
  nothing has been sent
  the program is restarted
at Fri 16 Feb 2024 08:16
  Sam has been sent "We have got your email" naming Friday
  Sam has been sent 1 email
  the program is killed and started again
at Fri 16 Feb 2024 09:00
  Sam has been sent 1 email
