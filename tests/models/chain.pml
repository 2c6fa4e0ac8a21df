/* The chain rule as it is built, over every interleaving of two clerks on one journal.

   Both clerks read the inbox and the journal, decide, and append; nobody owns anything. A record names its predecessor:
   prev is the id that stands for the hash of the record before it. A clerk appends one decision and may chain a second
   one to it before the first is acknowledged. An append may fail, may succeed without the clerk learning of it, and a
   clerk may die at any point and begin again with no memory. A record that was appended may be appended again, byte for
   byte, so it has the same id.

   Input 1 claims a message for whoever is named in it first; input 2 is a reply that only the owner may send, and
   whether it is sent is decided on the state that the clerk has folded.

   -DRULE=0 takes the rule out: every record is folded. Each claim must then fail. */

#ifndef RULE
#define RULE 1
#endif
#define INPUTS 2
#define LENGTH 6           /* of the journal; with the tries of each clerk it bounds the search */
#define TRIES 2
#define CRASHES 1

byte j_id[LENGTH]; byte j_prev[LENGTH]; byte j_input[LENGTH];
byte length = 0;
byte fresh = 1;            /* ids: 0 is the genesis */

/* What every reader must see: the fold of the records that count. */
byte head = 0, decided = 0, owner = 0;
byte times[INPUTS + 1];
bool stale = false;        /* a record counted that was decided on another state than the one before it */
bool torn = false;         /* a record counted whose predecessor is not the last that counted */
byte crashes = 0;

#define counts(p, h) (RULE == 0 || (p) == (h))

/* A state is the owner so far: 0 nobody, else the clerk whose claim counted. Input 1 sets it. */
inline append(id, prev, input, state, who) {
    if
    :: length < LENGTH ->
        j_id[length] = id; j_prev[length] = prev; j_input[length] = input;
        length++;
        if
        :: counts(prev, head) ->
            torn = torn || (prev != head);
            stale = stale || (state != owner);
            head = id; decided = input; times[input]++;
            if :: input == 1 && owner == 0 -> owner = who :: else fi
        :: else
        fi
    :: else
    fi
}

/* A reader goes on from where it stands, by the same rule. The claimant is found again in the id's parity. */
inline fold() {
    do
    :: position < length ->
        if
        :: counts(j_prev[position], my_head) ->
            my_head = j_id[position]; my_decided = j_input[position];
            if :: j_input[position] == 1 && my_owner == 0 -> my_owner = 1 + j_id[position] % 2 :: else fi
        :: else
        fi;
        position++
    :: else -> break
    od
}

/* Ids of clerk 1 are even and those of clerk 2 are odd. */
inline new_id(id) { id = 2 * fresh + (who - 1); fresh++ }

proctype Clerk(byte who) {
    byte position = 0, my_head = 0, my_decided = 0, my_owner = 0;
    byte first = 0, second = 0, state = 0, tries = 0;
again:
    atomic { fold(); first = 0; second = 0; state = 0 }
    if
    :: my_decided >= INPUTS || tries >= TRIES -> goto done
    :: crashes < CRASHES -> atomic { crashes++; position = 0; my_head = 0; my_decided = 0; my_owner = 0 }; goto again
    :: my_decided < INPUTS && tries < TRIES -> atomic { tries++; new_id(first) }
    fi;
    if
    :: atomic { append(first, my_head, (my_decided + 1), my_owner, who) }
    :: skip                                              /* lost on the way: the second may still arrive */
    fi;
    if
    :: my_decided + 2 <= INPUTS ->                       /* chained to one that is not acknowledged */
        atomic {
            new_id(second);
            state = (my_decided == 0 && my_owner == 0 -> who : my_owner);
            append(second, first, (my_decided + 2), state, who)
        }
    :: skip
    fi;
    if
    :: atomic { append(first, my_head, (my_decided + 1), my_owner, who) }   /* sent again: the outcome was unknown */
    :: skip
    fi;
    goto again;
done: atomic { position = 0; my_head = 0; my_decided = 0; my_owner = 0; first = 0; second = 0; state = 0; tries = 0 }
}

init { atomic { run Clerk(1); run Clerk(2) } }

#define decided_once_ (times[1] <= 1 && times[2] <= 1)
#define one_chain_ (!torn && decided <= INPUTS)
#define on_the_state_before_ (!stale)

ltl decided_once { [] decided_once_ }
ltl one_chain { [] one_chain_ }
ltl on_the_state_before { [] on_the_state_before_ }
ltl all { [] (decided_once_ && one_chain_ && on_the_state_before_) }
