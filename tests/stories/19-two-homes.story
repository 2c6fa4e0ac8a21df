story: a child with two homes: two conversations, and neither sees the other
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "My new address" about Ada saying "Only for you: we live in Mill Lane now."
at Wed 14 Feb 2024 10:30
  Sam has been sent "We have got your email"
  parent Lee Okafor emails "Handover days" about Ada
  there are two conversations about Ada Okafor, and neither has a word of the other
at Wed 14 Feb 2024 11:00
  caseworker Priya Nair replies "The handover days stay as they are."
at Wed 14 Feb 2024 11:01
  Lee has been sent "About your email"
  Sam has been sent 1 email
  no email to Lee names Sam
  no email to Sam names Lee
