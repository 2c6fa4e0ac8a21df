"""The made-up council of Northmere: 3 teams, 12 staff, 400 cases (2,500 in the demo), their families. Every name, number and address is
invented (01632 960 and 07700 900 numbers, example domains). The same every time."""
import csv
import os
import random

TEAMS = [("north", "North team", "jo-marsh"), ("south", "South team", "owen-price"), ("west", "West team", "hana-malik")]
STAFF = [
    ("jo-marsh", "Jo Marsh", "team_manager", "north", "01632 960 110"), ("owen-price", "Owen Price", "team_manager", "south", "01632 960 111"),
    ("hana-malik", "Hana Malik", "team_manager", "west", "01632 960 112"), ("ann-doyle", "Ann Doyle", "head_of_service", "north", "01632 960 101"),
    ("rose-quinn", "Rose Quinn", "complaints_team", "north", "01632 960 120"),
    ("priya-nair", "Priya Nair", "caseworker", "north", "01632 960 114"), ("leila-hart", "Leila Hart", "caseworker", "north", "01632 960 115"),
    ("mina-shah", "Mina Shah", "caseworker", "north", "01632 960 116"), ("tom-reyes", "Tom Reyes", "caseworker", "south", "01632 960 117"),
    ("grace-lowe", "Grace Lowe", "caseworker", "south", "01632 960 118"), ("dana-reid", "Dana Reid", "caseworker", "west", "01632 960 119"),
    ("eli-stone", "Eli Stone", "caseworker", "west", "01632 960 121")]
CHILDREN = ("Ada Kai Elif Noah Ruby Zara Leo Tyler Amira Oliver Isla Jacob Hana Maya Finn Grace Lewis Joel Sofia Ethan Poppy Max Alice Dev Freya Omar "
            "Lily Ravi Nina Hugo Chloe Yusuf Erin Theo Anya Milo Safiya Jude Bea Caleb").split()
PARENTS = ("Sam Donna Murat Beth Carl Nadia Jana Pauline Hodan Greg Sian Ken Farah Aoife Helen Ruth Marco Lisa James Gemma Tom Anita Priti Sean Amina "
           "Paul Claire Rosa Ivan Mary Joan Ahmed Lucy Wendy Peter Olga Diana Karl Megan Yasmin").split()
SURNAMES = ("Okafor Bennett Demir Clarke Sharp Ali Novak Grant Said Wood Murray Lewis Sato Hussain Doherty Owusu Kerr Adeyemi Rossi Brooks Hall Turner "
            "Byrne Patel Fox Khan Moore Singh Reid Costa Evans Yilmaz Walsh Green Petrov Hughes Begum Scott Young Marsh").split()
MEN = set("Murat Carl Greg Ken Marco James Tom Sean Paul Ivan Ahmed Peter Karl".split())
RELATIONS = ["mother", "father", "mother", "mother", "carer", "father", "grandparent", "foster_carer"]


def relation_of(parent, drawn):
    """Nobody should stumble over a father called Diana."""
    if drawn not in ("mother", "father"):
        return drawn
    return "father" if parent in MEN else "mother"


class Family:
    def __init__(self, number, child, parent, surname, relation, caseworker, deputy):
        self.case, self.child, self.parent, self.relation = f"NM-{number}", f"{child} {surname}", f"{parent} {surname}", relation_of(parent, relation)
        self.first, self.child_first = parent, child
        self.email = f"{parent}.{surname}.{number}@example.org".lower()
        self.caseworker, self.deputy = caseworker, deputy


def families(count=400):
    draw = random.Random(2041)
    workers = [s[0] for s in STAFF if s[2] == "caseworker"]
    team_of = {s[0]: s[3] for s in STAFF}
    found = [Family(2041, "Ada", "Sam", "Okafor", "mother", "priya-nair", "leila-hart")]
    for n in range(1, count):
        worker = workers[n % len(workers)]
        deputies = [w for w in workers if team_of[w] == team_of[worker] and w != worker]
        found.append(Family(2041 + n, draw.choice(CHILDREN), draw.choice(PARENTS), draw.choice(SURNAMES), draw.choice(RELATIONS), worker, draw.choice(deputies)))
    return found


def second_homes(people, every=12):
    """The other parent of each n-th child: lives elsewhere, writes for themselves, and is a family of their own here."""
    draw, found = random.Random(1989), []
    for one in people[::every]:
        other = "Lee" if one.case == "NM-2041" else draw.choice([p for p in PARENTS if (p in MEN) == (one.relation != "father") and p != one.first])
        found.append(Family(int(one.case[3:]), one.child_first, other, one.child.split()[-1], "father", one.caseworker, one.deputy))
    return found


def write_lists(folder, people, elsewhere=()):
    """The four lists as a council would export them; returns their paths. `elsewhere`: who else writes about a child, from another home."""
    draw = random.Random(7)
    lists = {
        "teams": [["team", "name", "manager", "head_of_service", "complaints", "matching"]] + [[t, name, manager, "ann-doyle", "rose-quinn", manager if t == "north" else ""] for t, name, manager in TEAMS],
        "staff": [["staff", "name", "role", "team", "phone", "email"]] + [[s, name, role, team, phone, f"{s.replace('-', '.')}@northmere.example"] for s, name, role, team, phone in STAFF],
        "cases": [["case_ref", "child", "year", "caseworker", "deputy", "since"]] + [[f.case, f.child, draw.randrange(0, 13) or "Reception", f.caseworker, f.deputy, f"20{draw.randrange(23, 27)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 28):02}"] for f in people],
        "contacts": [["case_ref", "name", "email", "phone", "relation"]] + [[f.case, f.parent, f.email, f"07700 900 {draw.randrange(100, 1000)}", f.relation] for f in [*people, *elsewhere]],
    }
    paths = []
    for name, rows in lists.items():
        paths.append(os.path.join(folder, name + ".csv"))
        with open(paths[-1], "w", newline="", encoding="utf-8") as f:
            csv.writer(f).writerows(rows)
    return paths
