"""Scenarios of a talk between customer, staff and assistant: what everybody does, step by step, and what the customer reads of it.

Steps, one a line: "NAME: words" is written by the customer, by one of the staff (Mina, Joon) or, with "slowly", to an assistant that is
not done with it yet. What stands under `reads` is the customer's side; "assistant: words" is the answer to these words.
"""

from __future__ import annotations

from dataclasses import dataclass

TAKEN, CLOSED, LEFT = "(joined {0})", "(closed {0})", "(given_back {0})"


@dataclass(frozen=True)
class Scenario:
    """What happens, and what the customer reads; `everywhere`: it concerns every place where staff answer, not the desk alone."""

    name: str
    steps: str
    reads: str
    everywhere: bool = False


SCENARIOS = (
    Scenario("asked and answered", """
        customer: when do you deliver
        customer asks for a person
        customer: anybody there?
        Mina: Yes, hello!
        customer: thanks
    """, "assistant: when do you deliver | (joined Mina) | Mina: Yes, hello!", everywhere=True),
    Scenario("the customer writes while the agent answers", """
        customer asks for a person
        customer: where is it
        Mina: One moment.
        customer: it is order 10432
        Mina: Found it.
        customer: and the other one
        Mina: That too.
    """, "(joined Mina) | Mina: One moment. | Mina: Found it. | Mina: That too.", everywhere=True),
    Scenario("the agent answers after giving back", """
        customer asks for a person
        customer: where is it
        Mina: In Chicago.
        Mina gives back
        customer: fine
        Mina: One more thing.
        customer: what?
    """, "(joined Mina) | Mina: In Chicago. | (given_back Mina) | assistant: fine | (joined Mina) | Mina: One more thing.", everywhere=True),
    Scenario("the place is down for an hour", """
        customer asks for a person
        customer: before
        Mina: Hello.
        place goes down
        customer: during
        customer: and during
        time: 60 minutes
        place is back
        Mina: Sorry, I am back.
    """, "(joined Mina) | Mina: Hello. | (late_person Mina) | Mina: Sorry, I am back.", everywhere=True),
    Scenario("everything comes twice", """
        customer asks for a person
        customer: hello
        customer again: hello
        Mina: Hi.
        Mina again: Hi.
        customer: my parcel
        customer again: my parcel
        customer again: hello
    """, "(joined Mina) | Mina: Hi.", everywhere=True),
    Scenario("out of order", """
        customer asks for a person
        customer: one
        Mina: First answer.
        customer: two
        customer again: one
        Mina: Second answer.
        Mina again: First answer.
    """, "(joined Mina) | Mina: First answer. | Mina: Second answer.", everywhere=True),
    Scenario("edited", """
        customer asks for a person
        customer: order 1043
        customer edits: order 10432
        Mina: Thank you.
    """, "(joined Mina) | Mina: Thank you.", everywhere=True),
    Scenario("two agents, one after the other", """
        customer asks for a person
        customer: hello
        Mina: I do it.
        Joon: I do it, too.
        customer: good
    """, "(joined Mina) | Mina: I do it.", everywhere=True),
    Scenario("closed by the agent", """
        customer asks for a person
        customer: hello
        Mina: Solved.
        Mina closes
        customer: a new question
    """, "(joined Mina) | Mina: Solved. | (closed Mina) | assistant: a new question", everywhere=True),
    Scenario("closed by the customer", """
        customer asks for a person
        customer: hello
        Mina: Hi.
        customer goes back
        customer: back to skin
    """, "(joined Mina) | Mina: Hi. | (back) | assistant: back to skin", everywhere=True),
    Scenario("the page is closed and opened again", """
        customer asks for a person
        customer: hello
        page closes
        Mina: Are you there?
        Mina: I will wait.
        page opens
        customer: yes
    """, "(joined Mina) | Mina: Are you there? | Mina: I will wait.", everywhere=True),
    Scenario("three days later", """
        customer asks for a person
        customer: hello
        Mina: Until Friday.
        time: 4320 minutes
        customer: it is Friday
        customer asks for a person
        customer: are you there
        Joon: Mina is off, I am here.
    """, "(joined Mina) | Mina: Until Friday. | (quiet) | assistant: it is Friday | (joined Joon) | Joon: Mina is off, I am here.", everywhere=True),
    # What follows concerns the desk alone, or what no place is told of.
    Scenario("nobody comes", """
        customer asks for a person
        customer: hello?
        time: 11 minutes
        customer: then you
    """, "(late) | assistant: then you"),
    Scenario("nobody came, and somebody answers later", """
        customer asks for a person
        customer: hello?
        time: 11 minutes
        Mina: Sorry for the wait.
        customer: no problem
    """, "(late) | (joined Mina) | Mina: Sorry for the wait."),
    Scenario("moved to mail and back into the chat", """
        customer leaves a message: call me
        customer: meanwhile a question
        Mina: I write here.
        customer: even better
    """, "assistant: meanwhile a question | (joined Mina) | Mina: I write here."),
    Scenario("moved to mail while somebody has it", """
        customer asks for a person
        Mina: Hello.
        customer leaves a message: call me
        customer: or here
    """, "(joined Mina) | Mina: Hello."),
    Scenario("a message that was left is withdrawn", """
        customer leaves a message: call me
        customer withdraws
        customer: a question
    """, "assistant: a question"),
    Scenario("the customer takes the person back", """
        customer asks for a person
        customer takes it back
        customer: a question
    """, "(taken_back) | assistant: a question"),
    Scenario("the customer goes back before anybody came", """
        customer asks for a person
        customer: where is it
        customer goes back
        customer: a question
        Mina: It is in Chicago.
    """, "(back) | assistant: a question | (joined Mina) | Mina: It is in Chicago."),
    Scenario("taken over from the assistant without being asked", """
        customer: a question
        Mina takes
        customer: who are you
        Mina: A person.
    """, "assistant: a question | (joined Mina) | Mina: A person."),
    Scenario("taken in the middle of the assistant's answer", """
        customer slowly: a question
        Mina takes
        assistant is done
        Mina: I answer it.
    """, "(joined Mina) | Mina: I answer it."),
    Scenario("answered in the middle of the assistant's answer", """
        customer asks for a person
        customer goes back
        customer slowly: a question
        Mina: Wait, I know it.
        assistant is done
    """, "(back) | (joined Mina) | Mina: Wait, I know it."),
    Scenario("the assistant is done before the person comes", """
        customer slowly: a question
        assistant is done
        Mina takes
        Mina: Anything else?
    """, "assistant: a question | (joined Mina) | Mina: Anything else?"),
    Scenario("taken and given back around the assistant's answer", """
        customer slowly: a question
        Mina takes
        Mina gives back
        assistant is done
    """, "(joined Mina) | (given_back Mina) | assistant: a question"),
    Scenario("a colleague takes over", """
        customer asks for a person
        Mina: Hello.
        Joon takes
        customer: hello
        Joon: I go on.
    """, "(joined Mina) | Mina: Hello. | (joined Joon) | Joon: I go on."),
    Scenario("who lost it cannot go on", """
        customer asks for a person
        Mina: Hello.
        Joon takes
        Mina: I am still here.
        Mina gives back from an old page
        customer: hello
    """, "(joined Mina) | Mina: Hello. | (joined Joon)"),
    Scenario("both take it from the same page", """
        customer asks for a person
        Mina looks
        Joon looks
        Mina takes from there
        Joon takes from there
        customer: hello
    """, "(joined Mina)"),
    Scenario("closed while a colleague gives it back", """
        customer asks for a person
        Mina: Hello.
        Mina looks
        Joon looks
        Mina closes from there
        Joon gives back from there
        customer: hello
    """, "(joined Mina) | Mina: Hello. | (closed Mina) | assistant: hello"),
    Scenario("closed twice", """
        customer asks for a person
        Mina: Hello.
        Mina closes
        Mina closes
        customer: hello
    """, "(joined Mina) | Mina: Hello. | (closed Mina) | assistant: hello"),
    Scenario("a reply to what is closed opens it again", """
        customer asks for a person
        Mina: Hello.
        Mina closes
        Joon: I forgot something.
        customer: yes?
    """, "(joined Mina) | Mina: Hello. | (closed Mina) | (joined Joon) | Joon: I forgot something."),
    Scenario("asked for again after it was closed", """
        customer asks for a person
        Mina: Hello.
        Mina closes
        customer asks for a person
        customer: me again
        Joon: Hello again.
    """, "(joined Mina) | Mina: Hello. | (closed Mina) | (joined Joon) | Joon: Hello again."),
    Scenario("a private note is for nobody else", """
        customer asks for a person
        Mina notes: a regular
        customer: hello
        Joon notes: known
        Mina: Hello.
    """, "(joined Mina) | Mina: Hello."),
    Scenario("an emergency while a person has it", """
        customer asks for a person
        Mina: Hello.
        customer: red I cannot breathe
        customer again: red I cannot breathe
        customer: still here
    """, "(joined Mina) | Mina: Hello. | (automatic)"),
    Scenario("an emergency while nobody has come", """
        customer asks for a person
        customer: red I cannot breathe
        Mina: Call for help.
    """, "(automatic) | (joined Mina) | Mina: Call for help."),
    Scenario("erased while a person has it", """
        customer asks for a person
        customer: my secret
        Mina: Hello.
        customer is erased
        Mina: Are you there?
        customer: who am I
    """, "(joined Mina) | Mina: Hello. | assistant: who am I"),
    Scenario("the agent falls silent", """
        customer asks for a person
        Mina: Hello.
        customer: and?
        time: 130 minutes
        customer: then you
    """, "(joined Mina) | Mina: Hello. | (late_person Mina) | (quiet) | assistant: then you"),
    Scenario("the page is closed over an end", """
        customer asks for a person
        Mina: Hello.
        page closes
        Mina: Goodbye.
        Mina closes
        page opens
        customer: hello
    """, "(joined Mina) | Mina: Hello. | Mina: Goodbye. | (closed Mina) | assistant: hello"),
    Scenario("an offer that is declined", """
        customer is offered a person
        customer: no thanks
        customer declines
        customer: a question
    """, "assistant: no thanks | assistant: a question"),
    Scenario("an offer that is taken", """
        customer is offered a person
        customer asks for a person
        customer: yes please
        Mina: Here I am.
    """, "(joined Mina) | Mina: Here I am."),
    Scenario("asked for twice", """
        customer asks for a person
        customer asks for a person
        customer: hello
        Mina: Hello.
        customer asks for a person
        customer: still you?
        Mina: Still me.
    """, "(joined Mina) | Mina: Hello. | Mina: Still me."),
)
