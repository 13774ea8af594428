"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dondoc.storage.columns import Id, Instant

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", Id, nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
    )
    op.create_table(
        "calendar_overrides",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_overrides")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("album", sa.String(64)),
        sa.Column("message_id", sa.String(64)),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.String(300)),
        sa.Column("done_at", Instant()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "account", "external_id", name=op.f("uq_inbox_channel_account_external_id")),
    )
    op.create_index(
        "ix_inbox_message",
        "inbox",
        ["channel", "account", "chat_id", "message_id"],
        sqlite_where=sa.text("message_id IS NOT NULL"),
        postgresql_where=sa.text("message_id IS NOT NULL"),
    )
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["channel", "account", "chat_id", "id"],
        sqlite_where=sa.text("state IN ('received', 'fetched')"),
        postgresql_where=sa.text("state IN ('received', 'fetched')"),
    )
    op.create_table(
        "join_attempts",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("blocked_until", Instant()),
        sa.PrimaryKeyConstraint("channel", "account", "chat_id", name=op.f("pk_join_attempts")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "offices",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("organ", sa.String(200), nullable=False),
        sa.Column("place", sa.String(100), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
    )
    op.create_table(
        "pace",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "chat_id", name=op.f("pk_pace")),
    )
    op.create_table(
        "people",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(200), server_default="", nullable=False),
        sa.Column("title", sa.String(200), server_default="", nullable=False),
        sa.Column("address_form", sa.String(40), server_default="", nullable=False),
        sa.Column("phone", sa.String(40), server_default="", nullable=False),
        sa.Column("language", sa.String(8), server_default="vi", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "slots",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("messages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("checked_at", Instant()),
        sa.PrimaryKeyConstraint("name", "at", name=op.f("pk_slots")),
    )
    op.create_table(
        "stamps",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stamps")),
    )
    op.create_table(
        "units",
        sa.Column("id", Id, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("short_name", sa.String(120), server_default="", nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("parent", sa.String(300)),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    op.create_table(
        "web_messages",
        sa.Column("id", Id, nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("version", Id, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_web_messages_key")),
    )
    op.create_index("ix_web_messages_chat_id", "web_messages", ["chat_id", "version"])
    op.create_index(op.f("ix_web_messages_version"), "web_messages", ["version"])
    op.create_table(
        "addresses",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("reachable", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("menu", sa.String(300)),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_addresses_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint("channel", "account", "chat_id", name=op.f("uq_addresses_channel_account_chat_id")),
    )
    op.create_index(op.f("ix_addresses_person_id"), "addresses", ["person_id"])
    op.create_table(
        "buttons",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_buttons_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buttons")),
    )
    op.create_table(
        "contacts",
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(20), server_default="contact", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contacts_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_contacts_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "person_id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_person_id", "contacts", ["person_id"])
    op.create_table(
        "conversations",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("flow", sa.String(40), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_conversations_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "channel", "account", "chat_id", name=op.f("pk_conversations")),
    )
    op.create_table(
        "directives",
        sa.Column("id", Id, nullable=False),
        sa.Column("office_id", Id, nullable=False),
        sa.Column("kind", sa.String(60)),
        sa.Column("number", sa.String(80)),
        sa.Column("issuer", sa.String(300)),
        sa.Column("place", sa.String(100)),
        sa.Column("issued_on", sa.Date()),
        sa.Column("subject", sa.Text()),
        sa.Column("signer", sa.String(200)),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("file_sha256", sa.String(64)),
        sa.Column("file_name", sa.String(300)),
        sa.Column("amends_id", Id),
        sa.Column("amendment", sa.String(12)),
        sa.Column("answers", sa.JSON()),
        sa.Column("created_by", Id),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("approved_at", Instant()),
        sa.ForeignKeyConstraint(["amends_id"], ["directives.id"], name=op.f("fk_directives_amends_id_directives")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_directives_created_by_people")),
        sa.ForeignKeyConstraint(["file_sha256"], ["blobs.sha256"], name=op.f("fk_directives_file_sha256_blobs")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_directives_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directives")),
    )
    op.create_index("uq_directives_office_content", "directives", ["office_id", "content_hash"], unique=True)
    op.create_table(
        "events",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_id", Id),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("directive_id", Id),
        sa.Column("task_id", Id),
        sa.Column("assignment_id", Id),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_events_actor_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_assignment_id"), "events", ["assignment_id"])
    op.create_table(
        "invitations",
        sa.Column("id", Id, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("office_id", Id, nullable=False),
        sa.Column("unit_id", Id),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("field", sa.String(300)),
        sa.Column("function", sa.String(20), server_default="contact", nullable=False),
        sa.Column("person_name", sa.String(200), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", Id),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.Column("used_at", Instant()),
        sa.Column("used_by", Id),
        sa.Column("decided_at", Instant()),
        sa.Column("admitted", sa.Boolean()),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_invitations_created_by_people")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_invitations_office_id_offices")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_invitations_unit_id_units")),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invitations_used_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_index(op.f("ix_invitations_used_by"), "invitations", ["used_by"])
    op.create_table(
        "office_roles",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("office_id", Id, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("field", sa.String(300)),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_office_roles_office_id_offices")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_office_roles_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "office_id", "role", name=op.f("pk_office_roles")),
    )
    op.create_table(
        "order_drafts",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_order_drafts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_drafts")),
    )
    op.create_index(
        "ix_order_drafts_open",
        "order_drafts",
        ["person_id"],
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.String(64), nullable=False),
        sa.Column("person_id", Id),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="1", nullable=False),
        sa.Column("dedup_key", sa.String(120)),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("send_at", Instant()),
        sa.Column("lease_until", Instant()),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("doubts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("external_id", sa.String(64)),
        sa.Column("error", sa.String(300)),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_outbox_dedup_key")),
    )
    op.create_index(
        "ix_outbox_external",
        "outbox",
        ["channel", "account", "chat_id", "external_id"],
        sqlite_where=sa.text("external_id IS NOT NULL"),
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_in_doubt",
        "outbox",
        ["id"],
        sqlite_where=sa.text("state IN ('in_doubt', 'failed')"),
        postgresql_where=sa.text("state IN ('in_doubt', 'failed')"),
    )
    op.create_index(
        "ix_outbox_in_flight",
        "outbox",
        ["lease_until"],
        sqlite_where=sa.text("state IN ('leased', 'sending')"),
        postgresql_where=sa.text("state IN ('leased', 'sending')"),
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["channel", "account", "chat_id", "id"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["chat_id", "channel", "account"],
        sqlite_where=sa.text("state IN ('leased', 'sending')"),
        postgresql_where=sa.text("state IN ('leased', 'sending')"),
    )
    op.create_table(
        "settings",
        sa.Column("office_id", Id, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_settings_office_id_offices")),
        sa.PrimaryKeyConstraint("office_id", "name", name=op.f("pk_settings")),
    )
    op.create_table(
        "stand_ins",
        sa.Column("id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("substitute_id", Id, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_stand_ins_person_id_people")),
        sa.ForeignKeyConstraint(["substitute_id"], ["people.id"], name=op.f("fk_stand_ins_substitute_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_stand_ins_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_ins")),
    )
    op.create_index(op.f("ix_stand_ins_substitute_id"), "stand_ins", ["substitute_id"])
    op.create_index(op.f("ix_stand_ins_unit_id"), "stand_ins", ["unit_id"])
    op.create_table(
        "unit_aliases",
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("folded", sa.String(300), nullable=False),
        sa.Column("alias", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_aliases_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "folded", name=op.f("pk_unit_aliases")),
    )
    op.create_table(
        "unit_successors",
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("successor_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["successor_id"], ["units.id"], name=op.f("fk_unit_successors_successor_id_units")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_successors_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "successor_id", name=op.f("pk_unit_successors")),
    )
    op.create_table(
        "draft_edits",
        sa.Column("id", Id, nullable=False),
        sa.Column("directive_id", Id, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", Instant()),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_draft_edits_actor_id_people")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directives.id"], name=op.f("fk_draft_edits_directive_id_directives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edits")),
    )
    op.create_index(op.f("ix_draft_edits_directive_id"), "draft_edits", ["directive_id"])
    op.create_table(
        "tasks",
        sa.Column("id", Id, nullable=False),
        sa.Column("office_id", Id, nullable=False),
        sa.Column("directive_id", Id),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("code", sa.String(20)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("section", sa.String(200)),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("task_class", sa.String(12), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("deadline_rule", sa.String(12)),
        sa.Column("deadline_time", sa.Time()),
        sa.Column("deadline_text", sa.Text()),
        sa.Column("lead", sa.JSON(), nullable=False),
        sa.Column("cooperate", sa.JSON(), nullable=False),
        sa.Column("unresolved", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("report_to", sa.String(300)),
        sa.Column("report_via", sa.String(300)),
        sa.Column("via_unit_id", Id),
        sa.Column("nil_report", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("urgency", sa.String(12)),
        sa.Column("deliverable", sa.Text()),
        sa.Column("data_from", sa.Date()),
        sa.Column("data_to", sa.Date()),
        sa.Column("recurrence_rule", sa.String(120)),
        sa.Column("to_be_issued", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("basis", sa.Text()),
        sa.Column("confidence", sa.Float()),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("created_by", Id),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("approved_at", Instant()),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_tasks_created_by_people")),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"], name=op.f("fk_tasks_directive_id_directives")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_tasks_office_id_offices")),
        sa.ForeignKeyConstraint(["via_unit_id"], ["units.id"], name=op.f("fk_tasks_via_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("code", name=op.f("uq_tasks_code")),
    )
    op.create_index(op.f("ix_tasks_directive_id"), "tasks", ["directive_id"])
    op.create_index(op.f("ix_tasks_via_unit_id"), "tasks", ["via_unit_id"])
    op.create_table(
        "assignments",
        sa.Column("id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("demand", sa.String(12)),
        sa.Column("demand_due", sa.Date()),
        sa.Column("demand_reason", sa.Text()),
        sa.Column("percent", sa.Integer()),
        sa.Column("deadline", sa.Date()),
        sa.Column("deadline_rule", sa.String(12)),
        sa.Column("deadline_time", sa.Time()),
        sa.Column("deadline_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("deadline_set_at", Instant()),
        sa.Column("granted_deadline", sa.Date()),
        sa.Column("extensions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("promised_on", sa.Date()),
        sa.Column("obstacle", sa.Text()),
        sa.Column("assigned_at", Instant(), nullable=False),
        sa.Column("received_at", Instant()),
        sa.Column("last_reply_at", Instant()),
        sa.Column("first_submitted_at", Instant()),
        sa.Column("submitted_at", Instant()),
        sa.Column("evidence", sa.String(300)),
        sa.Column("result", sa.String(12)),
        sa.Column("late_days", sa.Integer()),
        sa.Column("closed_at", Instant()),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_assignments_task_id_tasks")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assignments_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("task_id", "unit_id", name=op.f("uq_assignments_task_id_unit_id")),
    )
    op.create_index(
        "ix_assignments_demanded",
        "assignments",
        ["demand_due"],
        sqlite_where=sa.text(
            "role = 'lead' AND state IN ('new', 'received', 'in_progress', 'returned') AND demand_due IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "role = 'lead' AND state IN ('new', 'received', 'in_progress', 'returned') AND demand_due IS NOT NULL"
        ),
    )
    op.create_index(
        "ix_assignments_owing",
        "assignments",
        ["deadline"],
        sqlite_where=sa.text("role = 'lead' AND state IN ('new', 'received', 'in_progress', 'returned')"),
        postgresql_where=sa.text("role = 'lead' AND state IN ('new', 'received', 'in_progress', 'returned')"),
    )
    op.create_index(
        "ix_assignments_promised",
        "assignments",
        ["promised_on"],
        sqlite_where=sa.text(
            "role = 'lead' AND state IN ('new', 'received', 'in_progress', 'returned') AND promised_on IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "role = 'lead' AND state IN ('new', 'received', 'in_progress', 'returned') AND promised_on IS NOT NULL"
        ),
    )
    op.create_index("ix_assignments_unit_id", "assignments", ["unit_id", "state"])
    op.create_table(
        "task_files",
        sa.Column("task_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name=op.f("fk_task_files_sha256_blobs")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_files_task_id_tasks")),
        sa.PrimaryKeyConstraint("task_id", "position", name=op.f("pk_task_files")),
    )
    op.create_index(op.f("ix_task_files_sha256"), "task_files", ["sha256"])
    op.create_table(
        "extensions",
        sa.Column("id", Id, nullable=False),
        sa.Column("assignment_id", Id, nullable=False),
        sa.Column("asked_by", Id),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("wanted", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("granted", sa.Date()),
        sa.Column("decided_by", Id),
        sa.Column("decided_at", Instant()),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_extensions_asked_by_people")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_extensions_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_extensions_decided_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_assignment_id"), "extensions", ["assignment_id"])
    op.create_index(
        "uq_extensions_pending",
        "extensions",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("assignment_id", Id, nullable=False),
        sa.Column("rung", sa.String(12), nullable=False),
        sa.Column("deadline_version", sa.Integer(), nullable=False),
        sa.Column("slot", Instant(), nullable=False),
        sa.Column("outbox_id", Id),
        sa.Column("state", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_reminders_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_reminders_outbox_id_outbox")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminders_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "person_id",
            "assignment_id",
            "rung",
            "deadline_version",
            name=op.f("uq_reminders_person_id_assignment_id_rung_deadline_version"),
        ),
    )
    op.create_index("ix_reminders_assignment_id", "reminders", ["assignment_id"])
    op.create_index(op.f("ix_reminders_outbox_id"), "reminders", ["outbox_id"])
    op.create_index("ix_reminders_slot", "reminders", ["slot"])
    op.create_table(
        "submissions",
        sa.Column("id", Id, nullable=False),
        sa.Column("assignment_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("person_id", Id),
        sa.Column("arrived_at", Instant(), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("document", sa.String(300)),
        sa.Column("complete", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("verdict", sa.String(12)),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_submissions_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_submissions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("code", name=op.f("uq_submissions_code")),
    )
    op.create_index(op.f("ix_submissions_assignment_id"), "submissions", ["assignment_id"])
    op.create_table(
        "submission_files",
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name=op.f("fk_submission_files_sha256_blobs")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_files_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("submission_id", "position", name=op.f("pk_submission_files")),
    )
