"""The catalogue's tables, in the form of SQLAlchemy 2.0 (`Mapped`, `mapped_column`) as far as 1.4 allows."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import Mapped, registry
from sqlalchemy.orm.decl_api import DeclarativeMeta

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

HANDLE_LENGTH = 255
TITLE_LENGTH = 255
SKU_LENGTH = 100
SIZE_LENGTH = 120
SLUG_LENGTH = 80
SEARCH_TOKEN_LENGTH = 200
URL_LENGTH = 1000
SOURCE_LENGTH = 20
REASON_LENGTH = 200
SHOP_ID_LENGTH = 100
SENDER_LENGTH = 128
MESSAGE_ID_LENGTH = 40
TOKEN_LENGTH = 22

CATALOGUE_ROW = 1


def mapped_column(*args: Any, **options: Any) -> Any:
    """A column whose Python type is its annotation's; SQLAlchemy 2.0 has a function of this name."""
    return Column(*args, **options)


def binary_ordered(length: int) -> Any:
    """Text that sorts by code point on every database, so that results come in one order everywhere."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def utc_now() -> datetime:
    """This moment, with its time zone."""
    return datetime.now(timezone.utc)


if TYPE_CHECKING:
    _MomentType = TypeDecorator[datetime]
else:  # SQLAlchemy 1.4 knows no subscript at run time
    _MomentType = TypeDecorator


class UtcDateTime(_MomentType):
    """A moment in UTC. SQLite keeps no time zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuses a time without zone: it could be anyone's."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored time needs its time zone")
        return value.astimezone(timezone.utc) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """The stored moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


_registry = registry(metadata=MetaData(naming_convention=NAMING))


class Base(metaclass=DeclarativeMeta):
    """What all tables share."""

    __abstract__ = True
    registry = _registry
    metadata = _registry.metadata

    def __init__(self, **values: Any) -> None:
        _registry.constructor(self, **values)


class Brand(Base):
    """Who makes a product."""

    __tablename__ = "brand"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(binary_ordered(TITLE_LENGTH), nullable=False, unique=True)


class Image(Base):
    """A picture of a product, by address."""

    __tablename__ = "image"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), nullable=False, index=True
    )
    src: Mapped[str] = mapped_column(String(URL_LENGTH), nullable=False)
    alt: Mapped[str] = mapped_column(String(TITLE_LENGTH), nullable=False, default="")
    position: Mapped[int] = mapped_column(Integer, nullable=False)


class Variant(Base):
    """One size of a product, with its own price and stock.

    Prices are whole minor units of `currency` (cents). `stock` is None when the shop does not count it; `available` is
    True where the shop says no more than that it can be ordered. `options` are its values by the shop's names ("size": "30 ml"), None where only
    the size is told. `sells_when_empty` marks a variant that may be ordered
    at stock 0. `shop_id` is the shop's own id of it; SKUs may be equal, as Shopify allows.
    """

    __tablename__ = "variant"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("stock IS NULL OR stock >= 0", name="stock_not_negative"),
        Index("ix_variant_product_id_price", "product_id", "price"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), nullable=False)
    shop_id: Mapped[str | None] = mapped_column(String(SHOP_ID_LENGTH))
    sku: Mapped[str | None] = mapped_column(String(SKU_LENGTH), index=True)
    size: Mapped[str] = mapped_column(String(SIZE_LENGTH), nullable=False, default="")
    amount: Mapped[float | None] = mapped_column(Float)
    unit: Mapped[str | None] = mapped_column(String(20))
    price: Mapped[int] = mapped_column(Integer, nullable=False)
    currency: Mapped[str] = mapped_column(String(3), nullable=False)
    compare_at_price: Mapped[int | None] = mapped_column(Integer)
    stock: Mapped[int | None] = mapped_column(Integer)
    available: Mapped[bool | None] = mapped_column(Boolean)
    sells_when_empty: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    options: Mapped[dict[str, str] | None] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(Integer, nullable=False)


class Product(Base):
    """What the shop sells under one title.

    `source` and `shop_id` tell which kind of file it came from and the shop's own id there, so that a new title, handle
    or SKU is still the same product. `product_type` is the slug of the shop's own word for it, `product_type_text` that
    word as written, `kind` what it is in the knowledge and `kind_reason` by which of the shop's words. `label` holds
    the names of the trusted ingredient list as printed, in its order; where there is none `named` holds what title and
    text speak of, and `label_doubt` says what stood in the list's place. `concerns`, `skin_types` and `flags` hold slugs
    that the shop told, `derived_concerns` and `derived_skin_types` those that follow from its words and ingredients.
    `unmended` keeps what the shop's words gave where its owner mended it (`bot.store.mends`), `gaps` the marks of what is
    missing or unknown (`bot.store.gaps`).
    `price_min` and `in_stock` follow from the variants, `search_document` from everything (`bot.store.documents`):
    they are stored so that a search among very many products reads nothing else. SQLite keeps a full-text index
    (`product_search`) over the document, PostgreSQL a column `search_vector`; both are the migrations' work.
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'archived')", name="status_known"),
        Index("ix_product_price_min_id", "price_min", "id"),
        Index("ix_product_folded_title_id", "folded_title", "id"),
        Index("ix_product_created_at_id", "created_at", "id"),
        Index("ix_product_restocked_at_id", "restocked_at", "id"),
        Index("ix_product_source_shop_id", "source", "shop_id"),
        Index("ix_product_browsed", "status", "folded_title", "id", "gaps", "brand_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH), nullable=False, default="")
    shop_id: Mapped[str | None] = mapped_column(String(SHOP_ID_LENGTH))
    handle: Mapped[str] = mapped_column(binary_ordered(HANDLE_LENGTH), nullable=False, unique=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), nullable=False)
    folded_title: Mapped[str] = mapped_column(binary_ordered(TITLE_LENGTH * 2), nullable=False)
    product_type: Mapped[str] = mapped_column(binary_ordered(SLUG_LENGTH), nullable=False)
    product_type_text: Mapped[str] = mapped_column(String(SLUG_LENGTH), nullable=False)
    kind: Mapped[str] = mapped_column(String(SLUG_LENGTH), nullable=False, default="")
    kind_reason: Mapped[str] = mapped_column(String(REASON_LENGTH), nullable=False, default="")
    description: Mapped[str] = mapped_column(Text, nullable=False)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), nullable=False, index=True)
    status: Mapped[str] = mapped_column(String(10), nullable=False)
    url: Mapped[str] = mapped_column(String(URL_LENGTH), nullable=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    restocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    label: Mapped[list[str]] = mapped_column(JSON, nullable=False)
    label_doubt: Mapped[str] = mapped_column(String(REASON_LENGTH), nullable=False, default="")
    named: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    concerns: Mapped[list[str]] = mapped_column(JSON, nullable=False)
    skin_types: Mapped[list[str]] = mapped_column(JSON, nullable=False)
    flags: Mapped[list[str]] = mapped_column(JSON, nullable=False)
    derived_concerns: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    derived_skin_types: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    unmended: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    gaps: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    price_min: Mapped[int] = mapped_column(Integer, nullable=False)
    in_stock: Mapped[bool] = mapped_column(Boolean, nullable=False)
    search_document: Mapped[str] = mapped_column(Text, nullable=False)


class SearchToken(Base):
    """A token of the active products' search documents and how many of them hold it; renewed by every import."""

    __tablename__ = "search_token"
    token: Mapped[str] = mapped_column(binary_ordered(SEARCH_TOKEN_LENGTH), primary_key=True)
    products: Mapped[int] = mapped_column(Integer, nullable=False)


class Catalogue(Base):
    """The single row that tells whether the catalogue has changed: `version` is new after every change. `origin` says
    whose products these are: the owner's, or the sample shop's with the digest of its file; None before any import."""

    __tablename__ = "catalogue"
    __table_args__ = (CheckConstraint(f"id = {CATALOGUE_ROW}", name="single_row"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(32), nullable=False)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    origin: Mapped[str | None] = mapped_column(String(80))


class Feedback(Base):
    """A visitor's vote on one of the bot's messages. `sender` is the conversation's id in Rasa."""

    __tablename__ = "feedback"
    __table_args__ = (CheckConstraint("value IN ('up', 'down')", name="value_known"),)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(MESSAGE_ID_LENGTH), primary_key=True)
    value: Mapped[str] = mapped_column(String(10), nullable=False)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class RetiredConversation(Base):
    """A conversation that its visitor deleted: its token opens nothing any more."""

    __tablename__ = "retired_conversation"
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class Plan(Base):
    """A week's plan that somebody asked for. `content` is the plan in plain words; whose it is stands nowhere."""

    __tablename__ = "plan"
    token: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    content: Mapped[str] = mapped_column(Text, nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
