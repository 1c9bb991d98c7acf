"""Who acts: two certified handlers, and nobody in two parts of one case."""

from collections.abc import Iterator

from ...objections import N_, Objection
from ..articles import apl
from ..facts import CaseFacts
from ..objections import against
from ..rulebook import rule


def two_handlers(facts: CaseFacts) -> Iterator[Objection]:
    """At least two different inspectors (行政处罚法42(1))."""
    people = [handler.person for handler in facts.handlers]
    for handler in facts.handlers:
        if people.count(handler.person) > 1:
            message = N_("%(name)s is named twice as case handler. Choose another inspector.")
            yield against(message, apl(42, 1), "handlers", {"name": handler.name})
            break
    if len(set(people)) < rule("PR-024").numbers["officers_min"]:
        yield against(N_("A case needs at least two handlers. Add another inspector."), apl(42, 1), "handlers")


def certificates_valid(facts: CaseFacts) -> Iterator[Objection]:
    """Every handler holds a certificate valid on the day (行政处罚法42(1))."""
    for handler in facts.handlers:
        if handler.certificate_until is None:
            message = N_("%(name)s has no enforcement certificate on file. Choose another handler or have it entered.")
            yield against(message, apl(42, 1), "handlers", {"name": handler.name})
        elif handler.certificate_until < facts.on:
            message = N_("The enforcement certificate of %(name)s expired on %(day)s. Choose another handler.")
            values = {"name": handler.name, "day": handler.certificate_until}
            yield against(message, apl(42, 1), "handlers", values)


def actor_is_handler(facts: CaseFacts) -> Iterator[Objection]:
    """Only those to whom the case is assigned take the handlers' steps (行政处罚法42(1))."""
    if facts.actor not in {handler.person for handler in facts.handlers}:
        yield against(N_("Only a handler of this case may do this. Ask one of them."), apl(42, 1))


def approver_independent(facts: CaseFacts) -> Iterator[Objection]:
    """The head examines the result of others (行政处罚法57(1)): neither handler nor reviewer of the case."""
    if facts.actor in {handler.person for handler in facts.handlers}:
        yield against(N_("You handled this case and cannot approve it. Leave it to another head."), apl(57, 1))
    if facts.actor in facts.reviewers:
        yield against(N_("You reviewed this case and cannot approve it. Leave it to another head."), apl(57, 1))


def reviewer_independent(facts: CaseFacts) -> Iterator[Objection]:
    """A reviewer has neither handled nor approved the case (行政处罚法58(1))."""
    if facts.actor in {handler.person for handler in facts.handlers}:
        yield against(N_("You handled this case and cannot review it. Leave it to another reviewer."), apl(58, 1))
    if facts.actor in facts.approvers:
        yield against(N_("You approved a step of this case and cannot review it."), apl(58, 1))


def reviewer_qualified(facts: CaseFacts) -> Iterator[Objection]:
    """First-time reviewers need the national legal qualification (行政处罚法58(2))."""
    if not facts.reviewer_qualified:
        yield against(N_("Legal review needs the legal professional qualification, which is not on file."), apl(58, 2))
