"""Full-text search: labels and tags move into the product's row, beside its cheapest price, stock and search document."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.labels.inci import normalise_inci
from bot.store.documents import document
from bot.store.text import words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BATCH = 500
TAGS = {"concern": "concerns", "skin_type": "skin_types", "flag": "flags"}
NEW_INDEXES = ("price_min", "folded_title", "created_at", "restocked_at")
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE product_search USING fts5(search_document, content='product', content_rowid='id', "
    "detail='none', columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars ':_'\")",
    "CREATE VIRTUAL TABLE product_search_words USING fts5vocab(product_search, row)",
    "CREATE TRIGGER product_search_insert AFTER INSERT ON product BEGIN INSERT INTO product_search (rowid, "
    "search_document) VALUES (new.id, new.search_document); END",
    "CREATE TRIGGER product_search_delete AFTER DELETE ON product BEGIN INSERT INTO product_search (product_search, "
    "rowid, search_document) VALUES ('delete', old.id, old.search_document); END",
    "CREATE TRIGGER product_search_update AFTER UPDATE OF search_document ON product BEGIN INSERT INTO product_search "
    "(product_search, rowid, search_document) VALUES ('delete', old.id, old.search_document); INSERT INTO "
    "product_search (rowid, search_document) VALUES (new.id, new.search_document); END",
    "INSERT INTO product_search (product_search) VALUES ('rebuild')",
    "INSERT INTO search_token (token, products) SELECT term, doc FROM product_search_words",
)
POSTGRES_SEARCH = (
    "ALTER TABLE product ADD COLUMN search_vector tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(string_to_array(btrim(search_document), ' '))) STORED",
    "CREATE INDEX ix_product_search_vector ON product USING gin (search_vector)",
    "INSERT INTO search_token (token, products) SELECT word, ndoc FROM ts_stat('SELECT search_vector FROM product')",
)


def upgrade() -> None:
    """Moves what the catalogue holds of labels and tags, and builds the search over it."""
    for name in ("label", *TAGS.values()):
        op.add_column("product", sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
    op.add_column("product", sa.Column("price_min", sa.Integer, nullable=False, server_default="0"))
    op.add_column("product", sa.Column("in_stock", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("product", sa.Column("search_document", sa.Text, nullable=False, server_default=""))
    for ids in _batches():
        _fill(ids)
    op.drop_index("ix_product_folded_title", "product")
    op.drop_index("ix_product_status_product_type", "product")
    op.execute("ALTER TABLE product DROP COLUMN search_text")
    for tag in TAGS:
        op.drop_table(f"product_{tag}")
        op.drop_table(tag)
    op.drop_table("product_ingredient")
    op.drop_table("ingredient")
    for column in NEW_INDEXES:
        op.create_index(f"ix_product_{column}_id", "product", [column, "id"])
    op.create_table(
        "search_token",
        sa.Column("token", _sorted(200), primary_key=True),
        sa.Column("products", sa.Integer, nullable=False),
    )
    for statement in SQLITE_SEARCH if _is_sqlite() else POSTGRES_SEARCH:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Moves labels and tags back into their tables and drops the search."""
    if _is_sqlite():
        for trigger in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER product_search_{trigger}")
        op.execute("DROP TABLE product_search_words")
        op.execute("DROP TABLE product_search")
    else:
        op.execute("ALTER TABLE product DROP COLUMN search_vector")
    op.drop_table("search_token")
    for column in NEW_INDEXES:
        op.drop_index(f"ix_product_{column}_id", "product")
    _create_old_tables()
    op.add_column("product", sa.Column("search_text", sa.Text, nullable=False, server_default=""))
    for ids in _batches():
        _fill_back(ids)
    op.create_index("ix_product_folded_title", "product", ["folded_title"])
    op.create_index("ix_product_status_product_type", "product", ["status", "product_type"])
    for name in ("label", *TAGS.values(), "price_min", "in_stock", "search_document"):
        op.execute(f"ALTER TABLE product DROP COLUMN {name}")


def _fill(ids: list[int]) -> None:
    """The new columns of these products, from the old tables."""
    labels = _grouped("SELECT product_id, name FROM product_ingredient WHERE {} ORDER BY product_id, position", ids)
    tags = {tag: _grouped(f"SELECT product_id, slug FROM product_{tag} WHERE {{}} ORDER BY slug", ids) for tag in TAGS}
    prices = _grouped("SELECT product_id, price FROM variant WHERE {}", ids)
    on_sale = _grouped(
        "SELECT product_id, 1 FROM variant WHERE (stock IS NULL OR stock > 0 OR sells_when_empty) AND {}", ids
    )
    values = []
    for row in _rows(PRODUCTS, ids):
        own = {tag: tags[tag][row.id] for tag in TAGS}
        found = {column: json.dumps(own[tag]) for tag, column in TAGS.items()}
        text = document(
            row.title, row.brand, row.product_type_text, bool(on_sale[row.id]), min(prices[row.id], default=0),
            labels[row.id], own["concern"], own["skin_type"], own["flag"],
        )
        values.append({
            **found, "id": row.id, "label": json.dumps(labels[row.id]), "price_min": min(prices[row.id], default=0),
            "in_stock": bool(on_sale[row.id]), "search_document": text if row.status == "active" else "",
        })
    names = ("label", *TAGS.values())
    assigned = ", ".join(f"{name} = {_json(name)}" for name in names)
    op.get_bind().execute(
        sa.text(
            f"UPDATE product SET {assigned}, price_min = :price_min, in_stock = :in_stock, "
            "search_document = :search_document WHERE id = :id"
        ),
        values,
    )


def _fill_back(ids: list[int]) -> None:
    """The old tables' rows of these products."""
    bind = op.get_bind()
    for row in _rows(f"SELECT id, label, {', '.join(TAGS.values())} FROM product WHERE {{}}", ids):
        for tag, column in TAGS.items():
            for slug in _decoded(row[column]):
                bind.execute(sa.text(f"INSERT INTO {tag} (slug) VALUES (:slug) ON CONFLICT DO NOTHING"), {"slug": slug})
                bind.execute(
                    sa.text(f"INSERT INTO product_{tag} (product_id, slug) VALUES (:id, :slug)"),
                    {"id": row.id, "slug": slug},
                )
        for position, name in enumerate(_decoded(row.label)):
            inci = normalise_inci(name)
            bind.execute(
                sa.text("INSERT INTO ingredient (inci) VALUES (:inci) ON CONFLICT (inci) DO NOTHING"), {"inci": inci}
            )
            bind.execute(
                sa.text(
                    "INSERT INTO product_ingredient (product_id, position, ingredient_id, name) "
                    "SELECT :id, :position, id, :name FROM ingredient WHERE inci = :inci"
                ),
                {"id": row.id, "position": position, "name": name, "inci": inci},
            )
    for row in _rows(PRODUCTS, ids):
        text = " ".join(words(f"{row.title} {row.brand} {row.product_type_text}"))
        bind.execute(
            sa.text("UPDATE product SET search_text = :text WHERE id = :id"), {"text": text, "id": row.id}
        )


PRODUCTS = (
    "SELECT product.id, title, brand.name AS brand, product_type_text, status FROM product JOIN brand ON "
    "brand.id = brand_id WHERE {}"
)


def _create_old_tables() -> None:
    op.create_table(
        "ingredient",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("inci", _sorted(160), nullable=False, unique=True),
    )
    op.create_table(
        "product_ingredient",
        sa.Column("product_id", sa.Integer, _product(), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("ingredient_id", sa.Integer, sa.ForeignKey("ingredient.id"), nullable=False, index=True),
        sa.Column("name", sa.String(160), nullable=False),
    )
    for tag in TAGS:
        op.create_table(tag, sa.Column("slug", sa.String(80), primary_key=True))
        op.create_table(
            f"product_{tag}",
            sa.Column("product_id", sa.Integer, _product(), primary_key=True),
            sa.Column("slug", sa.String(80), sa.ForeignKey(f"{tag}.slug"), primary_key=True, index=True),
        )


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _sorted(length: int) -> Any:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _product() -> sa.ForeignKey:
    return sa.ForeignKey("product.id", ondelete="CASCADE")


def _json(name: str) -> str:
    return f":{name}" if _is_sqlite() else f"CAST(:{name} AS json)"


def _decoded(value: Any) -> list[str]:
    """SQLite gives JSON as text, PostgreSQL's driver decodes it."""
    return list(json.loads(value)) if isinstance(value, str) else list(value)


def _batches() -> Iterator[list[int]]:
    ids = list(op.get_bind().execute(sa.text("SELECT id FROM product ORDER BY id")).scalars())
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _rows(statement: str, ids: list[int]) -> Any:
    column = "product.id" if "FROM product " in statement else "product_id"
    text = sa.text(statement.format(f"{column} IN :ids")).bindparams(sa.bindparam("ids", expanding=True))
    return op.get_bind().execute(text, {"ids": ids}).all()


def _grouped(statement: str, ids: list[int]) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for product_id, value in _rows(statement, ids):
        groups[product_id].append(value)
    return groups
