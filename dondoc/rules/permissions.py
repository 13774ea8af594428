"""One table: what every command, every button, every conversation and every kind of message takes.

    who                                    what they hold (``roles``), and over which units
    contact, văn thư of a unit             their own unit, while it exists; of a closed one they see what was
    contact of a via-unit                  besides, they see what is reported through their unit
    staff, Chánh Văn phòng, administrator  every unit, or those of their territory
    leader                                 every unit, or those of their field
    unknown                                nothing: only the way to register

Dispatch asks this table before it calls a handler, and nobody asks a second time. What is not in it is refused. In a group
chat nothing is said about tasks at all: whatever one member may see, another one may not.
"""

from __future__ import annotations

from collections.abc import Mapping

from dondoc.rules.roles import Right, Scope

# The right that each takes; None: whoever has joined. In the order in which help and menus list the commands.
COMMANDS: Mapping[str, Right | None] = {
    "start": None,
    "trogiup": None,
    "nhiemvu": Right.SEE_OWN,
    "giaoviec": Right.ASSIGN,
    "vanban": Right.LOAD,
    "duyet": Right.CONFIRM,
    "hoantac": Right.CONFIRM,
    "giahan": Right.DECIDE,
    "tiendo": Right.SEE_PROGRESS,
    "xuat": Right.SEE_PROGRESS,
    "goidien": Right.CONFIRM,
    "dangky": Right.ADMIT,
    "moi": Right.ADMINISTER,
    "bangiao": Right.ADMIT,
    "thaythe": Right.ADMIT,
    "nhatky": Right.ADMINISTER,
    "caidat": Right.ADMINISTER,
    "dulieu": None,
    "ngonngu": None,
}

BUTTONS: Mapping[str, Right | None] = {
    # A unit answers.
    "answer": Right.ANSWER,
    "pick": Right.ANSWER,
    "which": Right.ANSWER,
    "which_of": Right.ANSWER,
    "sent": Right.ANSWER,
    "received": Right.ANSWER,
    "not_ours": Right.ANSWER,
    "attend": Right.ANSWER,
    "absent": Right.ANSWER,
    # The office checks.
    "duyet": Right.CONFIRM,
    "confirm": Right.CONFIRM,
    "supplement": Right.CONFIRM,
    "redo": Right.CONFIRM,
    "keep": Right.CONFIRM,
    "withdraw": Right.CONFIRM,
    "undo": Right.CONFIRM,
    "hold_digest": Right.ASSIGN,
    # Extensions are decided.
    "extension_grant": Right.DECIDE,
    "extension_other": Right.DECIDE,
    "extension_refuse": Right.DECIDE,
    # Work is given.
    "assign_draft": Right.ASSIGN,
    "assign_ask": Right.ASSIGN,
    "assign_drop": Right.ASSIGN,
    "assign_restore": Right.ASSIGN,
    "assign_give": Right.ASSIGN,
    "assign_announce": Right.ASSIGN,
    "approve": Right.LOAD,
    "discard": Right.LOAD,
    "show_directive": Right.LOAD,
    "draft_agree": Right.LOAD,
    "draft_drop": Right.LOAD,
    "draft_edit": Right.LOAD,
    "draft_next": Right.LOAD,
    "draft_one_by_one": Right.LOAD,
    "draft_all": Right.LOAD,
    "draft_undo": Right.LOAD,
    "draft_answer": Right.LOAD,
    "draft_internal_day": Right.LOAD,
    # What a directive leaves open is answered; one that amends another is decided.
    "reference_none": Right.LOAD,
    "unit_answer": Right.LOAD,
    "amend_apply": Right.LOAD,
    "amend_keep": Right.LOAD,
    "amend_separate": Right.LOAD,
    "amend_carry": Right.LOAD,
    "amend_ordinary": Right.LOAD,
    # People are let in.
    "admit": Right.ADMIT,
    "turn_away": Right.ADMIT,
    "hand_over": Right.ADMIT,
    "setting_pick": Right.ADMINISTER,
    "setting_value": Right.ADMINISTER,
    "setting_save": Right.ADMINISTER,
    "setting_drop": Right.ADMINISTER,
    "invite_unit": Right.ADMINISTER,
    "invite_units": Right.ADMINISTER,
    # Figures.
    "progress": Right.SEE_PROGRESS,
    "who_owes": Right.SEE_PROGRESS,
    "by_directive": Right.SEE_PROGRESS,
    "export": Right.SEE_PROGRESS,
    # One's own affairs.
    "language": None,
    "data_change": None,
    "data_export": None,
    "data_delete": None,
    "data_delete_sure": None,
}

# A conversation under way by its name, or by "name.step" where a step is somebody else's.
FLOWS: Mapping[str, Right | None] = {
    "dulieu": None,
    "caidat": Right.ADMINISTER,
    "baocao": Right.ANSWER,
    "duyet": Right.CONFIRM,
    "giahan": Right.ANSWER,
    "giahan.grant": Right.DECIDE,
    "giaoviec": Right.ASSIGN,
    "hoivanban": Right.LOAD,
    "soanthao": Right.LOAD,
}

# What is neither a command nor a button.
DRAFT_WORDS = Right.LOAD
DIRECTIVE_FILE = Right.LOAD
PAPER_LINE = Right.CONFIRM
REPLY = Right.ANSWER
QUESTION = Right.SEE_PROGRESS


# Commands and buttons by which somebody reads what others did: the log says who looked.
READINGS = frozenset(
    {"tiendo", "xuat", "duyet", "dangky", "goidien", "nhatky", "progress", "who_owes", "by_directive", "export"}
)


def commands_of(scope: Scope) -> list[str]:
    """The commands that somebody may give, in the order of the table."""
    return [name for name, right in COMMANDS.items() if right is None or scope.may(right)]


def flow_right(flow: str, step: str) -> Right | None:
    """What the next step of a conversation takes. Raises KeyError for a conversation that the table does not have."""
    name = f"{flow}.{step}"
    return FLOWS[name] if name in FLOWS else FLOWS[flow]
