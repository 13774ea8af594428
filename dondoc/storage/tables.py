"""All tables. The migrations under ``migrations/`` must lead exactly here; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from dondoc.storage.columns import Id, Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _partial(name: str, *columns: str | Column[object], where: str, unique: bool = False) -> Index:
    """An index over the few rows that are still in play. The predicate is literal, so both databases can match it."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


# --- the office, its units and its people --------------------------------------------------------------------------

offices = Table(
    "offices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False),  # under its full name, as it signs
    Column("organ", String(200), nullable=False),  # whose office it is
    Column("place", String(100), nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("office_id", Id, ForeignKey("offices.id"), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(300), nullable=False),
    Column("short_name", String(120), nullable=False, server_default=""),
    Column("kind", String(40), nullable=False),
    Column("parent", String(300)),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

# What processes keep in memory of a set of tables holds while its stamp is the same.
stamps = Table(
    "stamps",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(40), nullable=False),
)

unit_aliases = Table(
    "unit_aliases",
    metadata,
    Column("unit_id", Id, ForeignKey("units.id"), primary_key=True),
    Column("folded", String(300), primary_key=True),
    Column("alias", String(300), nullable=False),
)

# Who took over when a unit ended; several where it was divided. Which of them is meant, people choose.
unit_successors = Table(
    "unit_successors",
    metadata,
    Column("unit_id", Id, ForeignKey("units.id"), primary_key=True),
    Column("successor_id", Id, ForeignKey("units.id"), primary_key=True),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False, server_default=""),
    Column("title", String(200), nullable=False, server_default=""),
    Column("address_form", String(40), nullable=False, server_default=""),
    Column("phone", String(40), nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default="vi"),
    Column("created_at", Instant, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("unit_id", Id, ForeignKey("units.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("rank", Integer, nullable=False),  # 1: đầu mối chính, 2: dự phòng, …
    Column("function", String(20), nullable=False, server_default="contact"),
    Index("ix_contacts_person_id", "person_id"),
)

office_roles = Table(
    "office_roles",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("office_id", Id, ForeignKey("offices.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
    # A field or territory, as the registry resolves it ("các trường mầm non; UBND xã An Phú"); null is the whole office.
    Column("field", String(300)),
)

# While a contact is on leave, somebody else answers for the unit; both days count.
stand_ins = Table(
    "stand_ins",
    metadata,
    Column("id", Id, primary_key=True),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("substitute_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(64), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("reachable", Boolean, nullable=False, server_default=text("true")),
    Column("reason", String(200)),
    Column("joined_at", Instant, nullable=False),
    # The commands that the platform's menu shows in this chat, as they were set last.
    Column("menu", String(300)),
    UniqueConstraint("channel", "account", "chat_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("office_id", Id, ForeignKey("offices.id"), nullable=False),
    Column("unit_id", Id, ForeignKey("units.id")),
    Column("role", String(20), nullable=False),
    Column("field", String(300)),
    Column("function", String(20), nullable=False, server_default="contact"),
    Column("person_name", String(200), nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Id, ForeignKey("people.id")),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("used_at", Instant),
    Column("used_by", Id, ForeignKey("people.id"), index=True),
    # Who used it is let in at once, or when somebody of the office says so.
    Column("decided_at", Instant),
    Column("admitted", Boolean),
)

join_attempts = Table(
    "join_attempts",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("chat_id", String(64), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("blocked_until", Instant),
)

# --- the work ------------------------------------------------------------------------------------------------------

directives = Table(
    "directives",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office_id", Id, ForeignKey("offices.id"), nullable=False),
    Column("kind", String(60)),
    Column("number", String(80)),
    Column("issuer", String(300)),
    Column("place", String(100)),
    Column("issued_on", Date),
    Column("subject", Text),
    Column("signer", String(200)),
    Column("content_hash", String(64), nullable=False),  # of what was read, so that .docx and .pdf are the same
    Column("file_sha256", String(64), ForeignKey("blobs.sha256")),
    Column("file_name", String(300)),
    # The directive that this one amends or replaces, if it is here.
    Column("amends_id", Id, ForeignKey("directives.id")),
    Column("amendment", String(12)),  # amends | replaces
    # What staff answered about this document: {"number": "none", "units": {folded name: …}}; see handlers/settled.py.
    Column("answers", JSON),
    Column("created_by", Id, ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("approved_at", Instant),
    Index("uq_directives_office_content", "office_id", "content_hash", unique=True),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office_id", Id, ForeignKey("offices.id"), nullable=False),
    Column("directive_id", Id, ForeignKey("directives.id"), index=True),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("code", String(20), unique=True),  # given at approval; drafts have none
    Column("status", String(12), nullable=False),  # draft | approved | dropped
    Column("section", String(200)),
    Column("content", Text, nullable=False),
    Column("quote", Text, nullable=False, server_default=""),
    Column("page", Integer),
    Column("task_class", String(12), nullable=False),  # dated | product | standing
    Column("deadline", Date),
    Column("deadline_rule", String(12)),
    Column("deadline_time", Time),
    Column("deadline_text", Text),
    Column("lead", JSON, nullable=False),  # the units as written
    Column("cooperate", JSON, nullable=False),
    Column("unresolved", JSON, nullable=False),  # of these, what the registry does not know or not clearly
    Column("groups", JSON, nullable=False),  # the groups that were expanded, frozen with the task
    Column("report_to", String(300)),
    Column("report_via", String(300)),
    Column("via_unit_id", Id, ForeignKey("units.id"), index=True),  # the unit it is, known from the approval on
    Column("nil_report", Boolean, nullable=False, server_default=text("false")),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("urgency", String(12)),  # the word that presses: urgent | flash
    Column("deliverable", Text),  # what is to be handed in, as the register calls it
    Column("data_from", Date),  # the days whose figures a report covers
    Column("data_to", Date),
    Column("recurrence_rule", String(120)),  # RFC 5545, of what comes again; the deadline is its first day
    Column("to_be_issued", Boolean, nullable=False, server_default=text("false")),  # done when signed and issued
    Column("basis", Text),
    Column("confidence", Float),
    Column("why", JSON, nullable=False),  # what the reading rests on: [{"code", "words"}]
    Column("created_by", Id, ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("approved_at", Instant),
)

_OWING = "role = 'lead' AND state IN ('new', 'received', 'in_progress', 'returned')"

# One step of staff reviewing drafts: what it changed, as it was before, so that the step can be taken back.
draft_edits = Table(
    "draft_edits",
    metadata,
    Column("id", Id, primary_key=True),
    Column("directive_id", Id, ForeignKey("directives.id"), nullable=False, index=True),
    Column("actor_id", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("before", JSON, nullable=False),  # {task id: its columns before the step, null if the step made it}
    Column("undone_at", Instant),
)

# What staff send along with a task: templates, the document it rests on.
task_files = Table(
    "task_files",
    metadata,
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("name", String(300), nullable=False),
)

# An order of staff that is being put together in chat; once it is given it is a task.
order_drafts = Table(
    "order_drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("status", String(12), nullable=False),  # open | given | announced | dropped
    Column("version", Integer, nullable=False, server_default="1"),  # grows with every change
    Column("data", JSON, nullable=False),
    Column("earlier", JSON, nullable=False),  # what it was before each change, for taking the change back
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    _partial("ix_order_drafts_open", "person_id", where="status = 'open'"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False),
    Column("unit_id", Id, ForeignKey("units.id"), nullable=False),
    Column("role", String(12), nullable=False),  # lead | cooperate
    Column("state", String(24), nullable=False),
    Column("demand", String(12)),
    Column("demand_due", Date),
    Column("demand_reason", Text),
    Column("percent", Integer),
    # The deadline in force (granted or original); the task keeps the original. The version grows with every change.
    Column("deadline", Date),
    Column("deadline_rule", String(12)),
    Column("deadline_time", Time),
    Column("deadline_version", Integer, nullable=False, server_default="1"),
    # When a later version was told to the unit; the first one is told with the assignment.
    Column("deadline_set_at", Instant),
    Column("granted_deadline", Date),
    Column("extensions", Integer, nullable=False, server_default="0"),
    Column("promised_on", Date),
    Column("obstacle", Text),
    Column("assigned_at", Instant, nullable=False),
    Column("received_at", Instant),
    Column("last_reply_at", Instant),
    Column("first_submitted_at", Instant),
    Column("submitted_at", Instant),
    Column("evidence", String(300)),
    Column("result", String(12)),
    Column("late_days", Integer),
    Column("closed_at", Instant),
    UniqueConstraint("task_id", "unit_id"),
    Index("ix_assignments_unit_id", "unit_id", "state"),
    # What a reminder slot looks through: only what is owed and has a day to count to.
    _partial(
        "ix_assignments_owing",
        "deadline",
        where=_OWING,
    ),
    _partial("ix_assignments_promised", "promised_on", where=f"{_OWING} AND promised_on IS NOT NULL"),
    _partial("ix_assignments_demanded", "demand_due", where=f"{_OWING} AND demand_due IS NOT NULL"),
)

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor_id", Id, ForeignKey("people.id")),
    Column("kind", String(40), nullable=False),
    Column("directive_id", Id),
    Column("task_id", Id),
    Column("assignment_id", Id, index=True),
    Column("detail", JSON, nullable=False),
)

extensions = Table(
    "extensions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("assignment_id", Id, ForeignKey("assignments.id"), nullable=False, index=True),
    Column("asked_by", Id, ForeignKey("people.id")),
    Column("asked_at", Instant, nullable=False),
    Column("wanted", Date, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("status", String(12), nullable=False),  # pending | granted | refused
    Column("granted", Date),
    Column("decided_by", Id, ForeignKey("people.id")),
    Column("decided_at", Instant),
    _partial("uq_extensions_pending", "assignment_id", where="status = 'pending'", unique=True),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("assignment_id", Id, ForeignKey("assignments.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("code", String(24), nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("arrived_at", Instant, nullable=False),
    Column("way", String(12), nullable=False),  # chat | paper | nil
    Column("document", String(300)),
    Column("complete", Boolean, nullable=False, server_default=text("true")),
    Column("verdict", String(12)),  # accepted | supplement | redo
    Column("note", Text),
)

submission_files = Table(
    "submission_files",
    metadata,
    Column("submission_id", Id, ForeignKey("submissions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("name", String(300), nullable=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Id, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("stored_at", Instant, nullable=False),
)

calendar_overrides = Table(
    "calendar_overrides",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("note", String(200), nullable=False, server_default=""),
)

# --- what comes in, what goes out ------------------------------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(64), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("files", JSON, nullable=False),  # what was fetched, or why it was not
    Column("album", String(64)),  # of which this message is a part, known once it was fetched
    Column("message_id", String(64)),  # what the platform calls the message, known with the album
    Column("state", String(12), nullable=False),  # received | fetched | done | failed
    Column("received_at", Instant, nullable=False),  # machine time
    Column("not_before", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", String(300)),
    Column("done_at", Instant),
    UniqueConstraint("channel", "account", "external_id"),
    # What a person may refer back to: only messages that brought files.
    _partial("ix_inbox_message", "channel", "account", "chat_id", "message_id", where="message_id IS NOT NULL"),
    _partial("ix_inbox_open", "channel", "account", "chat_id", "id", where="state IN ('received', 'fetched')"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(64), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("kind", String(20), nullable=False),  # answer | notice | reminder | digest | alert
    Column("payload", JSON, nullable=False),
    Column("priority", Integer, nullable=False, server_default="1"),
    # The same key is queued once: what a crash in the middle of planning would otherwise double.
    Column("dedup_key", String(120), unique=True),
    Column("state", String(12), nullable=False),  # pending | leased | sending | sent | in_doubt | failed | dropped
    Column("not_before", Instant, nullable=False),
    Column("send_at", Instant),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("external_id", String(64)),
    Column("error", String(300)),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    _partial("ix_outbox_pending", "channel", "account", "chat_id", "id", where="state = 'pending'"),
    _partial("ix_outbox_in_flight", "lease_until", where="state IN ('leased', 'sending')"),
    _partial("ix_outbox_unsettled", "chat_id", "channel", "account", where="state IN ('leased', 'sending')"),
    _partial("ix_outbox_external", "channel", "account", "chat_id", "external_id", where="external_id IS NOT NULL"),
    _partial("ix_outbox_in_doubt", "id", where="state IN ('in_doubt', 'failed')"),
)

pace = Table(
    "pace",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("chat_id", String(64), primary_key=True),  # '' is the whole account
    Column("next_at", Instant, nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("assignment_id", Id, ForeignKey("assignments.id"), nullable=False),
    Column("rung", String(12), nullable=False),
    Column("deadline_version", Integer, nullable=False),
    Column("slot", Instant, nullable=False),
    Column("outbox_id", Id, ForeignKey("outbox.id"), index=True),
    Column("state", String(12), nullable=False),  # planned | sent | dropped | failed | no_address
    UniqueConstraint("person_id", "assignment_id", "rung", "deadline_version"),
    Index("ix_reminders_assignment_id", "assignment_id"),
    Index("ix_reminders_slot", "slot"),
)

slots = Table(
    "slots",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("planned_at", Instant, nullable=False),
    Column("messages", Integer, nullable=False, server_default="0"),
    Column("checked_at", Instant),
)

buttons = Table(
    "buttons",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("action", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
)

conversations = Table(
    "conversations",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("chat_id", String(64), primary_key=True),
    Column("flow", String(40), nullable=False),
    Column("step", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("until", Instant, nullable=False),
)

web_messages = Table(
    "web_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", String(64), nullable=False),
    Column("version", Id, nullable=False, index=True),  # grows with every message and edit
    Column("key", String(120), nullable=False, unique=True),
    Column("message", JSON, nullable=False),
    Index("ix_web_messages_chat_id", "chat_id", "version"),
)
