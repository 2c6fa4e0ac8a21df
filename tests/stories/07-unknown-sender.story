story: an unknown sender is answered a day, and matched later
at Wed 14 Feb 2024 16:12
  stranger Grace Bell emails "my granddaughter" saying "I look after Ada on Tuesdays. The taxi man has no address for me."
  it waits to be matched, to be answered by Thu 15 Feb
  Grace has been sent "We have got your email" naming Jo Marsh and Thursday 15 February
at Wed 14 Feb 2024 16:40
  Jo Marsh matches it to Ada Okafor as grandparent
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
at Wed 14 Feb 2024 17:00
  stranger Grace Bell emails "one more thing" saying "My telephone number has changed."
  it waits in the queue of caseworker Priya Nair, to be answered by Thu 15 Feb
  it has the reason "Grace Bell is Ada’s grandparent."
