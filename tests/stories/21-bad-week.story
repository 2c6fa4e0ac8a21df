story: a caseworker is ill and told nobody; by ten it is found, and one decision moves it all
at Wed 14 Feb 2024 10:00
  parent Sam Okafor emails "Taxi" about Ada
  parent Jana Novak emails "Leo at school" about Leo
  parent Donna Bennett emails "Kai at home" about Kai
at Thu 15 Feb 2024 09:00
  Leila Hart is at work
at Thu 15 Feb 2024 10:01
  the team manager is asked about Priya Nair, with 2 families due
at Thu 15 Feb 2024 10:15
  team manager Jo Marsh gives all that Priya Nair has to Leila Hart and tells the families
at Thu 15 Feb 2024 10:16
  nobody is missed
  Sam has been sent "Leila Hart has your message now" naming Priya Nair is not able to answer you and Thursday 15 February
  Jana has been sent "Leila Hart has your message now" naming Leo
  Donna has been sent 1 email
