"""schema"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("acts_for_id", sa.Integer(), nullable=True),
        sa.Column("number_prefix", sa.String(length=20), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("reconsideration_body", sa.String(length=120), nullable=True),
        sa.Column("court", sa.String(length=120), nullable=True),
        sa.Column("bank", sa.String(length=120), nullable=True),
        sa.Column("bank_account", sa.String(length=120), nullable=True),
        sa.Column("hearing_person_fen", sa.BigInteger(), nullable=True),
        sa.Column("hearing_org_fen", sa.BigInteger(), nullable=True),
        sa.Column("major_decision_fen", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["acts_for_id"], ["agency.id"], name=op.f("fk_agency_acts_for_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_agency_source_key")),
    )
    op.create_index(op.f("ix_agency_acts_for_id"), "agency", ["acts_for_id"], unique=False)
    op.create_index(op.f("ix_agency_region_code"), "agency", ["region_code"], unique=False)
    op.create_index(op.f("ix_agency_sector"), "agency", ["sector"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("notice", sa.String(length=300), nullable=True),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("date_from", sa.Date(), nullable=False),
        sa.Column("date_to", sa.Date(), nullable=False),
        sa.Column(
            "forms",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "categories",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "chain",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "due",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("issuers", sa.String(length=300), nullable=True),
        sa.Column(
            "departments",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "indicators",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "monthly_due",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("template", sa.String(length=60), nullable=True),
        sa.Column(
            "choices",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "asks",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("date_to >= date_from", name=op.f("ck_campaign_dates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
    )
    op.create_table(
        "campaign_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("choice", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column(
            "values",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_choice")),
        sa.UniqueConstraint(
            "campaign", "choice", "region_code", name=op.f("uq_campaign_choice_campaign_choice_region_code")
        ),
    )
    op.create_table(
        "form_text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_form_text")),
        info={"unrecorded": "the snapshot of the same submission tells all of it"},
    )
    op.create_table(
        "loaded_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("loaded_by", sa.String(length=120), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loaded_form")),
        sa.UniqueConstraint("code", name=op.f("uq_loaded_form_code")),
    )
    op.create_table(
        "record_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column(
            "changes",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_entry")),
        sa.UniqueConstraint(
            "subject_type", "subject_id", "seq", name=op.f("uq_record_entry_subject_type_subject_id_seq")
        ),
    )
    op.create_index("ix_record_entry_actor", "record_entry", ["actor_id", "id"], unique=False)
    op.create_index("ix_record_entry_event", "record_entry", ["event", "id"], unique=False)
    op.create_index(op.f("ix_record_entry_seal_id"), "record_entry", ["seal_id"], unique=False)
    op.create_index("ix_record_entry_subject", "record_entry", ["subject_type", "id"], unique=False)
    op.create_table(
        "record_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("installation", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "covers",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_seal")),
        sa.UniqueConstraint("number", name=op.f("uq_record_seal_number")),
    )
    op.create_table(
        "search_complaint",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_complaint")),
        sa.UniqueConstraint("row_id", name=op.f("uq_search_complaint_row_id")),
        info={"unrecorded": "made from other rows"},
    )
    op.create_table(
        "search_enforcement_case",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_enforcement_case")),
        sa.UniqueConstraint("row_id", name=op.f("uq_search_enforcement_case_row_id")),
        info={"unrecorded": "made from other rows"},
    )
    op.create_table(
        "search_inspection",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_inspection")),
        sa.UniqueConstraint("row_id", name=op.f("uq_search_inspection_row_id")),
        info={"unrecorded": "made from other rows"},
    )
    op.create_table(
        "search_subject",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_subject")),
        sa.UniqueConstraint("row_id", name=op.f("uq_search_subject_row_id")),
        info={"unrecorded": "made from other rows"},
    )
    op.create_table(
        "subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column(
            "attributes",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=30), nullable=True),
        sa.Column("subkind", sa.String(length=30), nullable=True),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("legal_representative", sa.String(length=60), nullable=True),
        sa.Column("legal_representative_title", sa.String(length=30), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id_number", sa.String(length=18), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("employer", sa.String(length=200), nullable=True),
        sa.CheckConstraint("party IN ('org', 'person')", name=op.f("ck_subject_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_subject_source_key")),
    )
    op.create_index(op.f("ix_subject_id_number"), "subject", ["id_number"], unique=False)
    op.create_index(op.f("ix_subject_kind"), "subject", ["kind"], unique=False)
    op.create_index("ix_subject_party_name", "subject", ["party", "name", "id"], unique=False)
    op.create_index("ix_subject_party_region_name", "subject", ["party", "region_code", "name", "id"], unique=False)
    op.create_index(op.f("ix_subject_uscc"), "subject", ["uscc"], unique=False)
    op.create_table(
        "typical_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("persons", sa.String(length=10), nullable=False),
        sa.Column("places", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("persons IN ('surname', 'initial', 'full')", name=op.f("ck_typical_material_persons")),
        sa.CheckConstraint("places IN ('kind', 'place', 'full')", name=op.f("ck_typical_material_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typical_material")),
        sa.UniqueConstraint("campaign", "region_code", name=op.f("uq_typical_material_campaign_region_code")),
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("side = 'publicity' OR copies = 0", name=op.f("ck_activity_copies")),
        sa.CheckConstraint("side IN ('publicity', 'training')", name=op.f("ck_activity_side")),
        sa.CheckConstraint("times > 0 AND people >= 0 AND copies >= 0", name=op.f("ck_activity_figures")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_activity_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_activity_source_key")),
    )
    op.create_index(op.f("ix_activity_agency_id"), "activity", ["agency_id"], unique=False)
    op.create_index(
        "ix_activity_counted",
        "activity",
        ["campaign", "region_code", "held_on", "side", "times", "people", "copies", "withdrawn_reason"],
        unique=False,
    )
    op.create_table(
        "campaign_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_campaign_account_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_account")),
        sa.UniqueConstraint("campaign", "region_code", name=op.f("uq_campaign_account_campaign_region_code")),
    )
    op.create_index(op.f("ix_campaign_account_agency_id"), "campaign_account", ["agency_id"], unique=False)
    op.create_table(
        "campaign_bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by", sa.String(length=120), nullable=True),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(issued_at IS NULL) = (sha256 IS NULL)", name=op.f("ck_campaign_bulletin_issued")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_campaign_bulletin_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_bulletin")),
        sa.UniqueConstraint(
            "campaign", "region_code", "month", name=op.f("uq_campaign_bulletin_campaign_region_code_month")
        ),
        sa.UniqueConstraint(
            "campaign", "region_code", "number", name=op.f("uq_campaign_bulletin_campaign_region_code_number")
        ),
    )
    op.create_index(op.f("ix_campaign_bulletin_agency_id"), "campaign_bulletin", ["agency_id"], unique=False)
    op.create_table(
        "campaign_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("reporter", sa.String(length=140), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=21), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("covers_below", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "draft",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "reasons",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "signers",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("signed_by", sa.String(length=120), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "objections",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_by", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('level', 'department')", name=op.f("ck_campaign_return_kind")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_campaign_return_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_return")),
        sa.UniqueConstraint(
            "campaign",
            "form",
            "period",
            "region_code",
            "reporter",
            name=op.f("uq_campaign_return_campaign_form_period_region_code_reporter"),
        ),
    )
    op.create_index(op.f("ix_campaign_return_agency_id"), "campaign_return", ["agency_id"], unique=False)
    op.create_index("ix_return_region", "campaign_return", ["form", "campaign", "region_code", "state"], unique=False)
    op.create_table(
        "form_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column(
            "log",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_form_draft_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
        info={"unrecorded": "working paper: what is published of it is recorded whole with the form"},
    )
    op.create_index(op.f("ix_form_draft_agency_id"), "form_draft", ["agency_id"], unique=False)
    op.create_table(
        "form_edition",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("loaded_by", sa.String(length=120), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["loaded_form.id"], name=op.f("fk_form_edition_form_id")),
        sa.PrimaryKeyConstraint("form_id", "number", name=op.f("pk_form_edition")),
        info={"unrecorded": "the entry of the form that replaced it holds both texts"},
    )
    op.create_table(
        "joint_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("chair", sa.String(length=120), nullable=False),
        sa.Column("recorder", sa.String(length=60), nullable=True),
        sa.Column(
            "agenda",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_joint_meeting_ordinal")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_joint_meeting_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_meeting")),
        sa.UniqueConstraint("key", name=op.f("uq_joint_meeting_key")),
    )
    op.create_index(op.f("ix_joint_meeting_agency_id"), "joint_meeting", ["agency_id"], unique=False)
    op.create_index(
        "ix_joint_meeting_ordinal",
        "joint_meeting",
        ["campaign", "region_code", "ordinal"],
        unique=True,
        sqlite_where=sa.text("withdrawn_reason IS NULL"),
        postgresql_where=sa.text("withdrawn_reason IS NULL"),
    )
    op.create_table(
        "liaison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=True),
        sa.Column("office_phone", sa.String(length=40), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("stands_in_for_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_liaison_days")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_liaison_agency_id")),
        sa.ForeignKeyConstraint(["stands_in_for_id"], ["liaison.id"], name=op.f("fk_liaison_stands_in_for_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison")),
    )
    op.create_index(op.f("ix_liaison_agency_id"), "liaison", ["agency_id"], unique=False)
    op.create_index("ix_liaison_campaign_region", "liaison", ["campaign", "region_code"], unique=False)
    op.create_index(op.f("ix_liaison_stands_in_for_id"), "liaison", ["stands_in_for_id"], unique=False)
    op.create_table(
        "licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_licence_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
    )
    op.create_index(op.f("ix_licence_number"), "licence", ["number"], unique=False)
    op.create_index(op.f("ix_licence_subject_id"), "licence", ["subject_id"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_number_series_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("agency_id", "series", "year", name=op.f("uq_number_series_agency_id_series_year")),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.String(length=60), nullable=False),
        sa.Column("certificate_from", sa.Date(), nullable=True),
        sa.Column("certificate_to", sa.Date(), nullable=True),
        sa.Column("legal_qualification", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_officer_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_officer_source_key")),
    )
    op.create_index(op.f("ix_officer_agency_id"), "officer", ["agency_id"], unique=False)
    op.create_table(
        "recheck_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=12), nullable=False),
        sa.Column(
            "criteria",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column(
            "population",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("method IN ('named', 'drawn')", name=op.f("ck_recheck_order_method")),
        sa.CheckConstraint("due_on >= ordered_on", name=op.f("ck_recheck_order_days")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_recheck_order_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck_order")),
        sa.UniqueConstraint("key", name=op.f("uq_recheck_order_key")),
    )
    op.create_index(op.f("ix_recheck_order_agency_id"), "recheck_order", ["agency_id"], unique=False)
    op.create_index("ix_recheck_order_campaign_region", "recheck_order", ["campaign", "region_code"], unique=False)
    op.create_table(
        "subject_connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["subject.id"], name=op.f("fk_subject_connection_establishment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["subject.id"], name=op.f("fk_subject_connection_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_connection")),
        sa.UniqueConstraint(
            "establishment_id",
            "person_id",
            "relation",
            name=op.f("uq_subject_connection_establishment_id_person_id_relation"),
        ),
    )
    op.create_index(
        op.f("ix_subject_connection_establishment_id"), "subject_connection", ["establishment_id"], unique=False
    )
    op.create_index(op.f("ix_subject_connection_person_id"), "subject_connection", ["person_id"], unique=False)
    op.create_table(
        "app_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("display_name", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("one_time_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("one_time_by", sa.String(length=120), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column(
            "roles",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_app_user_agency_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_app_user_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("name", name=op.f("uq_app_user_name")),
    )
    op.create_index(op.f("ix_app_user_agency_id"), "app_user", ["agency_id"], unique=False)
    op.create_table(
        "campaign_account_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["campaign_account.id"], name=op.f("fk_campaign_account_section_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_account_section")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_campaign_account_section_account_id_name")),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("campaign", sa.String(length=60), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=True),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("subject_text", sa.String(length=300), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reporter_name", sa.String(length=60), nullable=True),
        sa.Column("reporter_phone", sa.String(length=40), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("penalised", sa.Boolean(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column(
            "remarks",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= received_on OR imported", name=op.f("ck_complaint_closed_after_received")
        ),
        sa.CheckConstraint(
            "replied_on IS NULL OR replied_on >= received_on OR imported",
            name=op.f("ck_complaint_replied_after_received"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_complaint_agency_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["officer.id"], name=op.f("fk_complaint_handler_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_complaint_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_complaint_source_key")),
    )
    op.create_index(op.f("ix_complaint_agency_id"), "complaint", ["agency_id"], unique=False)
    op.create_index(
        "ix_complaint_campaign_region",
        "complaint",
        [
            "campaign",
            "region_code",
            "received_on",
            "closed_on",
            "replied_on",
            "penalised",
            "satisfied",
            "withdrawn_reason",
            "category",
        ],
        unique=False,
    )
    op.create_index(
        "ix_complaint_counted",
        "complaint",
        [
            "sector",
            "region_code",
            "received_on",
            "closed_on",
            "replied_on",
            "penalised",
            "satisfied",
            "channel",
            "campaign",
            "category",
            "withdrawn_reason",
        ],
        unique=False,
        sqlite_where=sa.text("withdrawn_reason IS NULL"),
        postgresql_where=sa.text("withdrawn_reason IS NULL"),
    )
    op.create_index(op.f("ix_complaint_handler_id"), "complaint", ["handler_id"], unique=False)
    op.create_index(
        "ix_complaint_open",
        "complaint",
        ["sector", "handler_id", "received_on", "id", "agency_id", "region_code", "closed_on", "withdrawn_reason"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL AND withdrawn_reason IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL AND withdrawn_reason IS NULL"),
    )
    op.create_index("ix_complaint_region_date", "complaint", ["region_code", "received_on"], unique=False)
    op.create_index(
        "ix_complaint_region_list", "complaint", ["region_code", "sector", "received_on", "id"], unique=False
    )
    op.create_index(
        "ix_complaint_sector_list", "complaint", ["sector", "received_on", "id", "region_code"], unique=False
    )
    op.create_index(op.f("ix_complaint_subject_id"), "complaint", ["subject_id"], unique=False)
    op.create_table(
        "meeting_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("persons", sa.String(length=300), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["joint_meeting.id"], name=op.f("fk_meeting_attendance_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
    )
    op.create_index(op.f("ix_meeting_attendance_meeting_id"), "meeting_attendance", ["meeting_id"], unique=False)
    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name=op.f("ck_resolution_state")),
        sa.ForeignKeyConstraint(["meeting_id"], ["joint_meeting.id"], name=op.f("fk_resolution_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("key", name=op.f("uq_resolution_key")),
    )
    op.create_index(
        "ix_resolution_campaign_region", "resolution", ["campaign", "region_code", "state", "due_on"], unique=False
    )
    op.create_index(op.f("ix_resolution_meeting_id"), "resolution", ["meeting_id"], unique=False)
    op.create_table(
        "return_figure",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.String(length=120), nullable=False),
        sa.Column("col", sa.String(length=120), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["return_id"], ["campaign_return.id"], name=op.f("fk_return_figure_return_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("return_id", "row", "col", name=op.f("pk_return_figure")),
        info={"unrecorded": "the snapshot of the same submission tells all of it"},
    )
    op.create_table(
        "return_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("form_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('submission', 'freeze', 'correction')", name=op.f("ck_return_snapshot_purpose")
        ),
        sa.ForeignKeyConstraint(["form_sha256"], ["form_text.sha256"], name=op.f("fk_return_snapshot_form_sha256")),
        sa.ForeignKeyConstraint(["return_id"], ["campaign_return.id"], name=op.f("fk_return_snapshot_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_snapshot")),
        sa.UniqueConstraint("return_id", "number", name=op.f("uq_return_snapshot_return_id_number")),
    )
    op.create_index(op.f("ix_return_snapshot_return_id"), "return_snapshot", ["return_id"], unique=False)
    op.create_table(
        "entry_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("urgent_reason", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_entry_approval_agency_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["app_user.id"], name=op.f("fk_entry_approval_decided_by_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["app_user.id"], name=op.f("fk_entry_approval_requested_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_entry_approval_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_approval")),
        sa.UniqueConstraint("key", name=op.f("uq_entry_approval_key")),
    )
    op.create_index(
        "ix_entry_approval_agency_state", "entry_approval", ["agency_id", "state", "decided_at", "id"], unique=False
    )
    op.create_index(op.f("ix_entry_approval_region_code"), "entry_approval", ["region_code"], unique=False)
    op.create_index(op.f("ix_entry_approval_requested_by_id"), "entry_approval", ["requested_by_id"], unique=False)
    op.create_index(op.f("ix_entry_approval_subject_id"), "entry_approval", ["subject_id"], unique=False)
    op.create_table(
        "known_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_known_device_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_device")),
        sa.UniqueConstraint("user_id", "device_hash", name=op.f("uq_known_device_user_id_device_hash")),
        info={"unrecorded": "the working of the door"},
    )
    op.create_index(op.f("ix_known_device_device_hash"), "known_device", ["device_hash"], unique=False)
    op.create_index(op.f("ix_known_device_seen_at"), "known_device", ["seen_at"], unique=False)
    op.create_table(
        "local_standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= in_force_from", name=op.f("ck_local_standard_dates")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_local_standard_agency_id")),
        sa.ForeignKeyConstraint(["loaded_by_id"], ["app_user.id"], name=op.f("fk_local_standard_loaded_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["local_standard.id"], name=op.f("fk_local_standard_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_standard")),
    )
    op.create_index(op.f("ix_local_standard_agency_id"), "local_standard", ["agency_id"], unique=False)
    op.create_index(op.f("ix_local_standard_document_number"), "local_standard", ["document_number"], unique=False)
    op.create_index(op.f("ix_local_standard_replaces_id"), "local_standard", ["replaces_id"], unique=False)
    op.create_index(
        "ix_standard_sector_region", "local_standard", ["sector", "region_code", "in_force_from"], unique=False
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"], unique=False)
    op.create_table(
        "resolution_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_resolution_duty_resolution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution_duty")),
    )
    op.create_index("ix_resolution_duty_department", "resolution_duty", ["department", "region_code"], unique=False)
    op.create_index(op.f("ix_resolution_duty_resolution_id"), "resolution_duty", ["resolution_id"], unique=False)
    op.create_table(
        "resolution_follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=80), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_resolution_follow_up_agency_id")),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_resolution_follow_up_resolution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution_follow_up")),
        sa.UniqueConstraint("key", name=op.f("uq_resolution_follow_up_key")),
    )
    op.create_index(op.f("ix_resolution_follow_up_agency_id"), "resolution_follow_up", ["agency_id"], unique=False)
    op.create_index(
        op.f("ix_resolution_follow_up_resolution_id"), "resolution_follow_up", ["resolution_id"], unique=False
    )
    op.create_index(op.f("ix_resolution_follow_up_sha256"), "resolution_follow_up", ["sha256"], unique=False)
    op.create_table(
        "return_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["app_user.id"], name=op.f("fk_return_link_made_by_id")),
        sa.ForeignKeyConstraint(["return_id"], ["campaign_return.id"], name=op.f("fk_return_link_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_link")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_return_link_code_sha256")),
    )
    op.create_index(op.f("ix_return_link_return_id"), "return_link", ["return_id"], unique=False)
    op.create_table(
        "second_factor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.String(length=300), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_second_factor_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("user_id", name=op.f("uq_second_factor_user_id")),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_sign_in_failures_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
        sa.UniqueConstraint("kind", "key_hash", name=op.f("uq_sign_in_failures_kind_key_hash")),
        info={"unrecorded": "the working of the door"},
    )
    op.create_index(op.f("ix_sign_in_failures_last_at"), "sign_in_failures", ["last_at"], unique=False)
    op.create_index(op.f("ix_sign_in_failures_user_id"), "sign_in_failures", ["user_id"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("agent", sa.String(length=300), nullable=False),
        sa.Column("by_single_sign_on", sa.Boolean(), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("kept_path", sa.String(length=2000), nullable=True),
        sa.Column("kept", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_sign_in_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
        info={"unrecorded": "the working of the door"},
    )
    op.create_index(op.f("ix_sign_in_session_seen_at"), "sign_in_session", ["seen_at"], unique=False)
    op.create_index(op.f("ix_sign_in_session_user_id"), "sign_in_session", ["user_id"], unique=False)
    op.create_table(
        "used_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_used_step_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_step")),
        sa.UniqueConstraint("user_id", name=op.f("uq_used_step_user_id")),
        info={"unrecorded": "the working of the door"},
    )
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("entry_approval_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column(
            "remarks",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("identity_shown", sa.Boolean(), nullable=True),
        sa.Column("recusal_answer", sa.String(length=20), nullable=True),
        sa.Column("escort", sa.String(length=60), nullable=True),
        sa.Column("escort_title", sa.String(length=60), nullable=True),
        sa.Column(
            "seen",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("party_statement", sa.Text(), nullable=True),
        sa.Column("signature", sa.String(length=12), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.Column("witness", sa.String(length=60), nullable=True),
        sa.Column("order_correction", sa.Boolean(), nullable=False),
        sa.Column("correction_text", sa.Text(), nullable=True),
        sa.Column("correction_due_on", sa.Date(), nullable=True),
        sa.Column("opinion_text", sa.Text(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'withdrawn')", name=op.f("ck_inspection_state")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_inspection_agency_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_inspection_complaint_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["app_user.id"], name=op.f("fk_inspection_created_by_id")),
        sa.ForeignKeyConstraint(
            ["entry_approval_id"], ["entry_approval.id"], name=op.f("fk_inspection_entry_approval_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_inspection_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_inspection_source_key")),
    )
    op.create_index(op.f("ix_inspection_agency_id"), "inspection", ["agency_id"], unique=False)
    op.create_index(
        "ix_inspection_campaign_region",
        "inspection",
        ["campaign", "region_code", "inspected_on", "state", "category", "subject_id", "order_correction"],
        unique=False,
    )
    op.create_index(op.f("ix_inspection_complaint_id"), "inspection", ["complaint_id"], unique=False)
    op.create_index(op.f("ix_inspection_created_by_id"), "inspection", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_inspection_entry_approval_id"), "inspection", ["entry_approval_id"], unique=False)
    op.create_index(op.f("ix_inspection_number"), "inspection", ["number"], unique=False)
    op.create_index(
        "ix_inspection_region_date",
        "inspection",
        ["region_code", "inspected_on", "state", "category", "subject_id", "order_correction"],
        unique=False,
    )
    op.create_index(
        "ix_inspection_region_list",
        "inspection",
        ["region_code", "sector", "inspected_on", "id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_inspection_sector_list",
        "inspection",
        ["sector", "inspected_on", "id", "region_code", "state"],
        unique=False,
    )
    op.create_index(
        "ix_inspection_state_list", "inspection", ["sector", "state", "inspected_on", "id", "region_code"], unique=False
    )
    op.create_index(op.f("ix_inspection_subject_id"), "inspection", ["subject_id"], unique=False)
    op.create_table(
        "enforcement_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=True),
        sa.Column("category", sa.String(length=60), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column(
            "remarks",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("transferred_judicial_on", sa.Date(), nullable=True),
        sa.Column("sent_to_review_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ended_in", sa.String(length=30), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column(
            "report",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR filed_on IS NULL OR closed_on >= filed_on OR imported",
            name=op.f("ck_enforcement_case_dates"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_enforcement_case_agency_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_enforcement_case_complaint_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["app_user.id"], name=op.f("fk_enforcement_case_created_by_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_enforcement_case_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement_case")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_enforcement_case_source_key")),
    )
    op.create_index("ix_case_agency_state", "enforcement_case", ["agency_id", "state"], unique=False)
    op.create_index(
        "ix_case_campaign_region",
        "enforcement_case",
        [
            "campaign",
            "region_code",
            "category",
            "filed_on",
            "closed_on",
            "transferred_judicial_on",
            "state",
            "inspection_id",
        ],
        unique=False,
    )
    op.create_index("ix_case_region_date", "enforcement_case", ["region_code", "filed_on"], unique=False)
    op.create_index("ix_case_region_list", "enforcement_case", ["region_code", "sector", "id", "state"], unique=False)
    op.create_index("ix_case_sector_list", "enforcement_case", ["sector", "id", "region_code", "state"], unique=False)
    op.create_index(
        "ix_case_state_list",
        "enforcement_case",
        ["sector", "state", "id", "region_code", "imported", "due_on"],
        unique=False,
    )
    op.create_index(op.f("ix_enforcement_case_complaint_id"), "enforcement_case", ["complaint_id"], unique=False)
    op.create_index(op.f("ix_enforcement_case_created_by_id"), "enforcement_case", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_enforcement_case_filed_on"), "enforcement_case", ["filed_on"], unique=False)
    op.create_index(op.f("ix_enforcement_case_inspection_id"), "enforcement_case", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_enforcement_case_number"), "enforcement_case", ["number"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("violation", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_finding_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_inspection_id"), "finding", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_finding_violation"), "finding", ["violation"], unique=False)
    op.create_table(
        "inspection_officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_officer_inspection_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_inspection_officer_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_officer")),
        sa.UniqueConstraint("inspection_id", "officer_id", name=op.f("uq_inspection_officer_inspection_id_officer_id")),
    )
    op.create_index(op.f("ix_inspection_officer_officer_id"), "inspection_officer", ["officer_id"], unique=False)
    op.create_table(
        "supplement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_supplement_inspection_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["app_user.id"], name=op.f("fk_supplement_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement")),
    )
    op.create_index(op.f("ix_supplement_inspection_id"), "supplement", ["inspection_id"], unique=False)
    op.create_table(
        "case_handler",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["enforcement_case.id"], name=op.f("fk_case_handler_case_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_case_handler_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_handler")),
        sa.UniqueConstraint("case_id", "officer_id", name=op.f("uq_case_handler_case_id_officer_id")),
    )
    op.create_index(op.f("ix_case_handler_officer_id"), "case_handler", ["officer_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("proves", sa.Text(), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=80), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("inspection_id IS NOT NULL OR case_id IS NOT NULL", name=op.f("ck_evidence_belongs")),
        sa.ForeignKeyConstraint(["added_by_id"], ["app_user.id"], name=op.f("fk_evidence_added_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["enforcement_case.id"], name=op.f("fk_evidence_case_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_evidence_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("key", name=op.f("uq_evidence_key")),
    )
    op.create_index(op.f("ix_evidence_case_id"), "evidence", ["case_id"], unique=False)
    op.create_index(op.f("ix_evidence_inspection_id"), "evidence", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column(
            "points",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["enforcement_case.id"], name=op.f("fk_opinion_case_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_opinion_officer_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_opinion_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_case_id"), "opinion", ["case_id"], unique=False)
    op.create_index(op.f("ix_opinion_officer_id"), "opinion", ["officer_id"], unique=False)
    op.create_table(
        "recheck_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("claimed", sa.String(length=20), nullable=True),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("found_anew", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("dropped_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "result IS NULL OR result = 'impossible' OR inspection_id IS NOT NULL",
            name=op.f("ck_recheck_task_inspected"),
        ),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('mended', 'partly', 'unmended', 'impossible')",
            name=op.f("ck_recheck_task_result"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_recheck_task_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["enforcement_case.id"], name=op.f("fk_recheck_task_case_id")),
        sa.ForeignKeyConstraint(["earlier_id"], ["inspection.id"], name=op.f("fk_recheck_task_earlier_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_recheck_task_inspection_id")),
        sa.ForeignKeyConstraint(["order_id"], ["recheck_order.id"], name=op.f("fk_recheck_task_order_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_recheck_task_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck_task")),
    )
    op.create_index("ix_recheck_task_agency", "recheck_task", ["agency_id", "result", "due_on"], unique=False)
    op.create_index(
        "ix_recheck_task_campaign_region",
        "recheck_task",
        ["campaign", "region_code", "sector", "result", "due_on"],
        unique=False,
    )
    op.create_index(op.f("ix_recheck_task_case_id"), "recheck_task", ["case_id"], unique=False)
    op.create_index(op.f("ix_recheck_task_earlier_id"), "recheck_task", ["earlier_id"], unique=False)
    op.create_index(op.f("ix_recheck_task_inspection_id"), "recheck_task", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_recheck_task_order_id"), "recheck_task", ["order_id"], unique=False)
    op.create_index(op.f("ix_recheck_task_subject_id"), "recheck_task", ["subject_id"], unique=False)
    op.create_table(
        "respondent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "notice",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("notice_issued_on", sa.Date(), nullable=True),
        sa.Column("notice_served_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["enforcement_case.id"], name=op.f("fk_respondent_case_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_respondent_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respondent")),
        sa.UniqueConstraint("case_id", "subject_id", name=op.f("uq_respondent_case_id_subject_id")),
    )
    op.create_index(op.f("ix_respondent_subject_id"), "respondent", ["subject_id"], unique=False)
    op.create_table(
        "typical_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("nominated_from", sa.String(length=6), nullable=True),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nominated_by", sa.String(length=120), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.String(length=120), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column(
            "names",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "looked_at",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('chosen', 'nominated', 'returned')", name=op.f("ck_typical_case_state")),
        sa.ForeignKeyConstraint(["case_id"], ["enforcement_case.id"], name=op.f("fk_typical_case_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typical_case")),
        sa.UniqueConstraint(
            "campaign", "region_code", "case_id", name=op.f("uq_typical_case_campaign_region_code_case_id")
        ),
    )
    op.create_index(op.f("ix_typical_case_case_id"), "typical_case", ["case_id"], unique=False)
    op.create_index("ix_typical_case_state", "typical_case", ["campaign", "state", "region_code"], unique=False)
    op.create_table(
        "case_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("violation", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("act_from", sa.Date(), nullable=True),
        sa.Column("act_to", sa.Date(), nullable=True),
        sa.Column("harm", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.Column("liability", sa.String(length=12), nullable=True),
        sa.Column("illegal_income_fen", sa.BigInteger(), nullable=True),
        sa.Column("refunded_fen", sa.BigInteger(), nullable=True),
        sa.Column("goods_value_fen", sa.BigInteger(), nullable=True),
        sa.Column(
            "bases",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "grounds",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("discretion_reason", sa.Text(), nullable=True),
        sa.Column("local_standard", sa.String(length=80), nullable=True),
        sa.Column("local_tier", sa.String(length=60), nullable=True),
        sa.Column("departure_reason", sa.Text(), nullable=True),
        sa.Column("law_day", sa.String(length=8), nullable=True),
        sa.Column("law_reason", sa.Text(), nullable=True),
        sa.Column("act_number", sa.Integer(), nullable=True),
        sa.Column("governs", sa.Boolean(), nullable=False),
        sa.Column("governs_reason", sa.Text(), nullable=True),
        sa.Column("criminal_fine_fen", sa.BigInteger(), nullable=True),
        sa.Column("criminal_court", sa.String(length=120), nullable=True),
        sa.Column("criminal_judgement", sa.String(length=120), nullable=True),
        sa.Column("criminal_judged_on", sa.Date(), nullable=True),
        sa.CheckConstraint("law_day IS NULL OR law_day IN ('act', 'decision')", name=op.f("ck_case_finding_law_day")),
        sa.CheckConstraint(
            "criminal_fine_fen IS NULL OR criminal_fine_fen > 0", name=op.f("ck_case_finding_criminal_fine")
        ),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_case_finding_respondent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_finding")),
    )
    op.create_index(op.f("ix_case_finding_respondent_id"), "case_finding", ["respondent_id"], unique=False)
    op.create_index(op.f("ix_case_finding_violation"), "case_finding", ["violation"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("order_correction", sa.Boolean(), nullable=False),
        sa.Column("correction_text", sa.Text(), nullable=True),
        sa.Column("discretion", sa.Text(), nullable=True),
        sa.Column(
            "law_versions",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("payment_code", sa.String(length=60), nullable=True),
        sa.Column("executed_on", sa.Date(), nullable=True),
        sa.Column("execution", sa.Text(), nullable=True),
        sa.Column("annulled_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_decision_respondent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("respondent_id", name=op.f("uq_decision_respondent_id")),
    )
    op.create_index(
        "ix_decision_counted",
        "decision",
        ["respondent_id", "decided_on", "annulled_on", "order_correction"],
        unique=False,
    )
    op.create_index("ix_decision_decided", "decision", ["decided_on"], unique=False)
    op.create_index(op.f("ix_decision_number"), "decision", ["number"], unique=False)
    op.create_table(
        "defence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("accepted", sa.String(length=10), nullable=True),
        sa.Column("review", sa.Text(), nullable=True),
        sa.Column("hearing", sa.String(length=12), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_defence_respondent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defence")),
    )
    op.create_index(op.f("ix_defence_respondent_id"), "defence", ["respondent_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("respondent_id", sa.Integer(), nullable=True),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("series", sa.String(length=40), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("template_version", sa.String(length=20), nullable=False),
        sa.Column(
            "snapshot",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "case_id IS NOT NULL OR inspection_id IS NOT NULL OR complaint_id IS NOT NULL",
            name=op.f("ck_document_belongs"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_document_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["enforcement_case.id"], name=op.f("fk_document_case_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_document_complaint_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["app_user.id"], name=op.f("fk_document_created_by_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_document_inspection_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["document.id"], name=op.f("fk_document_parent_id")),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_document_respondent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "agency_id",
            "series",
            "year",
            "serial",
            "revision",
            name=op.f("uq_document_agency_id_series_year_serial_revision"),
        ),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
    )
    op.create_index("ix_document_case_kind", "document", ["case_id", "kind"], unique=False)
    op.create_index("ix_document_inspection_kind", "document", ["inspection_id", "kind"], unique=False)
    op.create_index(op.f("ix_document_number"), "document", ["number"], unique=False)
    op.create_table(
        "typical_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("typical_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["typical_id"], ["typical_case.id"], name=op.f("fk_typical_account_typical_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typical_account")),
        sa.UniqueConstraint("typical_id", "number", name=op.f("uq_typical_account_typical_id_number")),
    )
    op.create_table(
        "exposure_left_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.CheckConstraint("kind IN ('repaired', 'stayed', 'other')", name=op.f("ck_exposure_left_out_kind")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_exposure_left_out_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure_left_out")),
        sa.UniqueConstraint("decision_id", "region_code", name=op.f("uq_exposure_left_out_decision_id_region_code")),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("receipt_number", sa.String(length=60), nullable=False),
        sa.Column("late_fee", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_payment_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("key", name=op.f("uq_payment_key")),
    )
    op.create_index(op.f("ix_payment_decision_id"), "payment", ["decision_id"], unique=False)
    op.create_table(
        "penalty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("case_finding_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name=op.f("ck_penalty_amount")),
        sa.ForeignKeyConstraint(["case_finding_id"], ["case_finding.id"], name=op.f("fk_penalty_case_finding_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_penalty_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty")),
    )
    op.create_index("ix_penalty_decision_kind", "penalty", ["decision_id", "kind", "amount_fen"], unique=False)
    op.create_index("ix_penalty_kind_amount", "penalty", ["kind", "amount_fen", "decision_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("receiver", sa.String(length=60), nullable=True),
        sa.Column("receiver_relation", sa.String(length=60), nullable=True),
        sa.Column(
            "servers",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.Column("witness", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_service_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_document_id"), "service", ["document_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_service_document_id"), table_name="service")
    op.drop_table("service")
    op.drop_index("ix_penalty_kind_amount", table_name="penalty")
    op.drop_index("ix_penalty_decision_kind", table_name="penalty")
    op.drop_table("penalty")
    op.drop_index(op.f("ix_payment_decision_id"), table_name="payment")
    op.drop_table("payment")
    op.drop_table("exposure_left_out")
    op.drop_table("typical_account")
    op.drop_index(op.f("ix_document_number"), table_name="document")
    op.drop_index("ix_document_inspection_kind", table_name="document")
    op.drop_index("ix_document_case_kind", table_name="document")
    op.drop_table("document")
    op.drop_index(op.f("ix_defence_respondent_id"), table_name="defence")
    op.drop_table("defence")
    op.drop_index(op.f("ix_decision_number"), table_name="decision")
    op.drop_index("ix_decision_decided", table_name="decision")
    op.drop_index("ix_decision_counted", table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_case_finding_violation"), table_name="case_finding")
    op.drop_index(op.f("ix_case_finding_respondent_id"), table_name="case_finding")
    op.drop_table("case_finding")
    op.drop_index("ix_typical_case_state", table_name="typical_case")
    op.drop_index(op.f("ix_typical_case_case_id"), table_name="typical_case")
    op.drop_table("typical_case")
    op.drop_index(op.f("ix_respondent_subject_id"), table_name="respondent")
    op.drop_table("respondent")
    op.drop_index(op.f("ix_recheck_task_subject_id"), table_name="recheck_task")
    op.drop_index(op.f("ix_recheck_task_order_id"), table_name="recheck_task")
    op.drop_index(op.f("ix_recheck_task_inspection_id"), table_name="recheck_task")
    op.drop_index(op.f("ix_recheck_task_earlier_id"), table_name="recheck_task")
    op.drop_index(op.f("ix_recheck_task_case_id"), table_name="recheck_task")
    op.drop_index("ix_recheck_task_campaign_region", table_name="recheck_task")
    op.drop_index("ix_recheck_task_agency", table_name="recheck_task")
    op.drop_table("recheck_task")
    op.drop_index(op.f("ix_opinion_officer_id"), table_name="opinion")
    op.drop_index(op.f("ix_opinion_case_id"), table_name="opinion")
    op.drop_table("opinion")
    op.drop_index(op.f("ix_evidence_sha256"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_inspection_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_case_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_case_handler_officer_id"), table_name="case_handler")
    op.drop_table("case_handler")
    op.drop_index(op.f("ix_supplement_inspection_id"), table_name="supplement")
    op.drop_table("supplement")
    op.drop_index(op.f("ix_inspection_officer_officer_id"), table_name="inspection_officer")
    op.drop_table("inspection_officer")
    op.drop_index(op.f("ix_finding_violation"), table_name="finding")
    op.drop_index(op.f("ix_finding_inspection_id"), table_name="finding")
    op.drop_table("finding")
    op.drop_index(op.f("ix_enforcement_case_number"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_inspection_id"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_filed_on"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_created_by_id"), table_name="enforcement_case")
    op.drop_index(op.f("ix_enforcement_case_complaint_id"), table_name="enforcement_case")
    op.drop_index("ix_case_state_list", table_name="enforcement_case")
    op.drop_index("ix_case_sector_list", table_name="enforcement_case")
    op.drop_index("ix_case_region_list", table_name="enforcement_case")
    op.drop_index("ix_case_region_date", table_name="enforcement_case")
    op.drop_index("ix_case_campaign_region", table_name="enforcement_case")
    op.drop_index("ix_case_agency_state", table_name="enforcement_case")
    op.drop_table("enforcement_case")
    op.drop_index(op.f("ix_inspection_subject_id"), table_name="inspection")
    op.drop_index("ix_inspection_state_list", table_name="inspection")
    op.drop_index("ix_inspection_sector_list", table_name="inspection")
    op.drop_index("ix_inspection_region_list", table_name="inspection")
    op.drop_index("ix_inspection_region_date", table_name="inspection")
    op.drop_index(op.f("ix_inspection_number"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_entry_approval_id"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_created_by_id"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_complaint_id"), table_name="inspection")
    op.drop_index("ix_inspection_campaign_region", table_name="inspection")
    op.drop_index(op.f("ix_inspection_agency_id"), table_name="inspection")
    op.drop_table("inspection")
    op.drop_table("used_step")
    op.drop_index(op.f("ix_sign_in_session_user_id"), table_name="sign_in_session")
    op.drop_index(op.f("ix_sign_in_session_seen_at"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index(op.f("ix_sign_in_failures_user_id"), table_name="sign_in_failures")
    op.drop_index(op.f("ix_sign_in_failures_last_at"), table_name="sign_in_failures")
    op.drop_table("sign_in_failures")
    op.drop_table("second_factor")
    op.drop_index(op.f("ix_return_link_return_id"), table_name="return_link")
    op.drop_table("return_link")
    op.drop_index(op.f("ix_resolution_follow_up_sha256"), table_name="resolution_follow_up")
    op.drop_index(op.f("ix_resolution_follow_up_resolution_id"), table_name="resolution_follow_up")
    op.drop_index(op.f("ix_resolution_follow_up_agency_id"), table_name="resolution_follow_up")
    op.drop_table("resolution_follow_up")
    op.drop_index(op.f("ix_resolution_duty_resolution_id"), table_name="resolution_duty")
    op.drop_index("ix_resolution_duty_department", table_name="resolution_duty")
    op.drop_table("resolution_duty")
    op.drop_index(op.f("ix_recovery_code_user_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index("ix_standard_sector_region", table_name="local_standard")
    op.drop_index(op.f("ix_local_standard_replaces_id"), table_name="local_standard")
    op.drop_index(op.f("ix_local_standard_document_number"), table_name="local_standard")
    op.drop_index(op.f("ix_local_standard_agency_id"), table_name="local_standard")
    op.drop_table("local_standard")
    op.drop_index(op.f("ix_known_device_seen_at"), table_name="known_device")
    op.drop_index(op.f("ix_known_device_device_hash"), table_name="known_device")
    op.drop_table("known_device")
    op.drop_index(op.f("ix_entry_approval_subject_id"), table_name="entry_approval")
    op.drop_index(op.f("ix_entry_approval_requested_by_id"), table_name="entry_approval")
    op.drop_index(op.f("ix_entry_approval_region_code"), table_name="entry_approval")
    op.drop_index("ix_entry_approval_agency_state", table_name="entry_approval")
    op.drop_table("entry_approval")
    op.drop_index(op.f("ix_return_snapshot_return_id"), table_name="return_snapshot")
    op.drop_table("return_snapshot")
    op.drop_table("return_figure")
    op.drop_index(op.f("ix_resolution_meeting_id"), table_name="resolution")
    op.drop_index("ix_resolution_campaign_region", table_name="resolution")
    op.drop_table("resolution")
    op.drop_index(op.f("ix_meeting_attendance_meeting_id"), table_name="meeting_attendance")
    op.drop_table("meeting_attendance")
    op.drop_index(op.f("ix_complaint_subject_id"), table_name="complaint")
    op.drop_index("ix_complaint_sector_list", table_name="complaint")
    op.drop_index("ix_complaint_region_list", table_name="complaint")
    op.drop_index("ix_complaint_region_date", table_name="complaint")
    op.drop_index(
        "ix_complaint_open",
        table_name="complaint",
        sqlite_where=sa.text("closed_on IS NULL AND withdrawn_reason IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL AND withdrawn_reason IS NULL"),
    )
    op.drop_index(op.f("ix_complaint_handler_id"), table_name="complaint")
    op.drop_index(
        "ix_complaint_counted",
        table_name="complaint",
        sqlite_where=sa.text("withdrawn_reason IS NULL"),
        postgresql_where=sa.text("withdrawn_reason IS NULL"),
    )
    op.drop_index("ix_complaint_campaign_region", table_name="complaint")
    op.drop_index(op.f("ix_complaint_agency_id"), table_name="complaint")
    op.drop_table("complaint")
    op.drop_table("campaign_account_section")
    op.drop_index(op.f("ix_app_user_agency_id"), table_name="app_user")
    op.drop_table("app_user")
    op.drop_index(op.f("ix_subject_connection_person_id"), table_name="subject_connection")
    op.drop_index(op.f("ix_subject_connection_establishment_id"), table_name="subject_connection")
    op.drop_table("subject_connection")
    op.drop_index("ix_recheck_order_campaign_region", table_name="recheck_order")
    op.drop_index(op.f("ix_recheck_order_agency_id"), table_name="recheck_order")
    op.drop_table("recheck_order")
    op.drop_index(op.f("ix_officer_agency_id"), table_name="officer")
    op.drop_table("officer")
    op.drop_table("number_series")
    op.drop_index(op.f("ix_licence_subject_id"), table_name="licence")
    op.drop_index(op.f("ix_licence_number"), table_name="licence")
    op.drop_table("licence")
    op.drop_index(op.f("ix_liaison_stands_in_for_id"), table_name="liaison")
    op.drop_index("ix_liaison_campaign_region", table_name="liaison")
    op.drop_index(op.f("ix_liaison_agency_id"), table_name="liaison")
    op.drop_table("liaison")
    op.drop_index(
        "ix_joint_meeting_ordinal",
        table_name="joint_meeting",
        sqlite_where=sa.text("withdrawn_reason IS NULL"),
        postgresql_where=sa.text("withdrawn_reason IS NULL"),
    )
    op.drop_index(op.f("ix_joint_meeting_agency_id"), table_name="joint_meeting")
    op.drop_table("joint_meeting")
    op.drop_table("form_edition")
    op.drop_index(op.f("ix_form_draft_agency_id"), table_name="form_draft")
    op.drop_table("form_draft")
    op.drop_index("ix_return_region", table_name="campaign_return")
    op.drop_index(op.f("ix_campaign_return_agency_id"), table_name="campaign_return")
    op.drop_table("campaign_return")
    op.drop_index(op.f("ix_campaign_bulletin_agency_id"), table_name="campaign_bulletin")
    op.drop_table("campaign_bulletin")
    op.drop_index(op.f("ix_campaign_account_agency_id"), table_name="campaign_account")
    op.drop_table("campaign_account")
    op.drop_index("ix_activity_counted", table_name="activity")
    op.drop_index(op.f("ix_activity_agency_id"), table_name="activity")
    op.drop_table("activity")
    op.drop_table("typical_material")
    op.drop_index(op.f("ix_subject_uscc"), table_name="subject")
    op.drop_index("ix_subject_party_region_name", table_name="subject")
    op.drop_index("ix_subject_party_name", table_name="subject")
    op.drop_index(op.f("ix_subject_kind"), table_name="subject")
    op.drop_index(op.f("ix_subject_id_number"), table_name="subject")
    op.drop_table("subject")
    op.drop_table("search_subject")
    op.drop_table("search_inspection")
    op.drop_table("search_enforcement_case")
    op.drop_table("search_complaint")
    op.drop_table("record_seal")
    op.drop_index("ix_record_entry_subject", table_name="record_entry")
    op.drop_index(op.f("ix_record_entry_seal_id"), table_name="record_entry")
    op.drop_index("ix_record_entry_event", table_name="record_entry")
    op.drop_index("ix_record_entry_actor", table_name="record_entry")
    op.drop_table("record_entry")
    op.drop_table("loaded_form")
    op.drop_table("form_text")
    op.drop_table("campaign_choice")
    op.drop_table("campaign")
    op.drop_index(op.f("ix_agency_sector"), table_name="agency")
    op.drop_index(op.f("ix_agency_region_code"), table_name="agency")
    op.drop_index(op.f("ix_agency_acts_for_id"), table_name="agency")
    op.drop_table("agency")
